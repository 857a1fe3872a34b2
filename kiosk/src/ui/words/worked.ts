// Worked time as a sentence part: "7 h 40 m".
import type { TFunction } from 'i18next';
import { splitMinutes } from './time.js';

export function workedWords(workedMin: number, t: TFunction): string {
  const { hours, minutes } = splitMinutes(workedMin);
  return hours === 0 ? t('duration.minutes', { minutes }) : t('duration.hoursMinutes', { hours, minutes });
}
