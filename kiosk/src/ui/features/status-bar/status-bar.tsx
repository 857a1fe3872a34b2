// Top edge: where this tablet stands, whether the server answers, and the time when the screen shows none larger.
import { useTranslation } from 'react-i18next';
import type { Locale } from '@hazri/shared/protocol/primitives';
import type { ProblemCode } from '../../../contract/views.js';
import { CautionIcon, CloudOffIcon } from '../../design/icons.js';
import { clockTime } from '../../words/time.js';
import styles from './status-bar.module.css';

interface StatusBarProps {
  readonly companyName: string | null;
  readonly siteName: string | null;
  /** Shown only once the tablet is paired: before that there is nothing to be connected to. */
  readonly offline: { readonly unsent: number } | null;
  /** Something IT should know of while the tablet goes on. */
  readonly problem: ProblemCode | null;
  readonly nowMs: number | null;
  readonly zone: string | null;
  readonly locale: Locale;
}

export function StatusBar({ companyName, siteName, offline, problem, nowMs, zone, locale }: StatusBarProps) {
  const { t } = useTranslation();
  return (
    <header className={styles['bar']} aria-label={t('bar.status')}>
      <p className={styles['place']}>
        <strong>{companyName ?? 'Hazri'}</strong>
        {siteName === null ? null : <span>{siteName}</span>}
      </p>
      {offline === null && problem === null ? null : (
        <p className={styles['offline']}>
          <span className={styles['icon']}>{problem === null ? <CloudOffIcon /> : <CautionIcon />}</span>
          <span>
            <strong>{problem === null ? t('bar.offline') : t(`problem.${problem}.title`)}</strong>{' '}
            {offline === null || offline.unsent === 0 ? null : t('bar.unsent', { count: offline.unsent })}
          </span>
        </p>
      )}
      {nowMs === null ? null : <p className={styles['time']}>{clockTime(nowMs, locale, zone)}</p>}
    </header>
  );
}
