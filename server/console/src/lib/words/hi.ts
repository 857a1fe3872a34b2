// Every Hindi word of the console, by page. A missing or surplus key does not compile.
import type { EN } from './en.js';
import { actions } from './hi/actions.js';
import { auth } from './hi/auth.js';
import { devices } from './hi/devices.js';
import { errors } from './hi/errors.js';
import { exceptions } from './hi/exceptions.js';
import { lookAlikes } from './hi/look-alikes.js';
import { people } from './hi/people.js';
import { person } from './hi/person.js';
import { punches } from './hi/punches.js';
import { settings } from './hi/settings.js';
import { shell } from './hi/shell.js';
import { today } from './hi/today.js';

export const HI: typeof EN = {
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
