// The settings of the tablet as .env.example explains them.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SETTINGS } from '../../kiosk/src/config/config.js';

it('.env.example explains every setting of the tablet', () => {
  const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  for (const name of SETTINGS) expect(text).toMatch(new RegExp(`^#?${name}=`, 'm'));
});
