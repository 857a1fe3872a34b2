// Whether a face is enrolled, in one word.
import type { Person } from '@hazri/shared/protocol/console-types';
import { useTranslation } from 'react-i18next';
import { Chip, type Tone } from './chip.js';

const TONE: Readonly<Record<Person['enrolment'], Tone>> = {
  none: 'plain',
  waiting: 'wait',
  enrolled: 'in',
  withdrawn: 'out',
  destroyed: 'out',
};

export function EnrolmentChip({ enrolment }: { enrolment: Person['enrolment'] }) {
  const { t } = useTranslation();
  return <Chip tone={TONE[enrolment]}>{t(`people.enrolments.${enrolment}`)}</Chip>;
}
