// Every English word of the console, by page.
import { actions } from './en/actions.js';
import { auth } from './en/auth.js';
import { devices } from './en/devices.js';
import { errors } from './en/errors.js';
import { exceptions } from './en/exceptions.js';
import { lookAlikes } from './en/look-alikes.js';
import { people } from './en/people.js';
import { person } from './en/person.js';
import { punches } from './en/punches.js';
import { settings } from './en/settings.js';
import { shell } from './en/shell.js';
import { today } from './en/today.js';

export const EN = {
  actions,
  auth,
  devices,
  errors,
  exceptions,
  lookAlikes,
  people,
  person,
  punches,
  settings,
  shell,
  today,
};
