// The quiet screen between two people: the time, and where to look. Shows no name, ever.
import { useTranslation } from 'react-i18next';
import type { Locale } from '@hazri/shared/protocol/primitives';
import { clockTime, longDate } from '../../words/time.js';
import styles from './waiting.module.css';

interface WaitingProps {
  /** Server time; null before it is known, then no time is shown rather than a wrong one. */
  readonly nowMs: number | null;
  readonly zone: string | null;
  readonly locale: Locale;
  readonly isResting: boolean;
}

const DRIFT_STEPS = 5;
const STEP_MS = 60_000;

export function Waiting({ nowMs, zone, locale, isResting }: WaitingProps) {
  const { t } = useTranslation();
  const step = isResting && nowMs !== null ? Math.floor(nowMs / STEP_MS) % DRIFT_STEPS : 0;
  return (
    <div
      className={styles['waiting']}
      data-resting={isResting ? 'yes' : 'no'}
      style={
        isResting
          ? { transform: `translate(${String((step - 2) * 3)}vmin, ${String((step - 2) * 2)}vmin)` }
          : undefined
      }
    >
      {nowMs === null ? null : (
        <>
          <p className={styles['clock']}>{clockTime(nowMs, locale, zone)}</p>
          <p className={styles['date']}>{longDate(nowMs, locale, zone)}</p>
        </>
      )}
      <h1 className={styles['line']}>{t('waiting.line')}</h1>
    </div>
  );
}
