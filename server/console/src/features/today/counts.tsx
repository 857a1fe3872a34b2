// The four numbers of the day; each is a link to the people or the exceptions behind it.
import type { Today } from '@hazri/shared/protocol/console-types';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router-dom';
import styles from './today.module.css';

export type StateFilter = 'in' | 'out' | 'not-yet';

export function isStateFilter(value: string | null): value is StateFilter {
  return value === 'in' || value === 'out' || value === 'not-yet';
}

export function Counts({ counts, filter }: { counts: Today['counts']; filter: StateFilter | null }) {
  const { t } = useTranslation();
  return (
    <div className={styles.counts}>
      <Count
        tone="in"
        filter="in"
        active={filter}
        value={counts.in}
        label={t('today.in')}
        hint={t('today.inHint')}
      />
      <Count
        tone="out"
        filter="out"
        active={filter}
        value={counts.out}
        label={t('today.out')}
        hint={t('today.outHint')}
      />
      <Count
        tone="wait"
        filter="not-yet"
        active={filter}
        value={counts.notYet}
        label={t('today.notYet')}
        hint={t('today.notYetHint')}
      />
      <Link to="/exceptions" className={styles.count} data-tone={counts.exceptions > 0 ? 'bad' : 'plain'}>
        <span className={styles.countLabel}>
          <span className={styles.mark} aria-hidden="true" />
          {t('today.exceptions')}
        </span>
        <span className={styles.countValue}>{counts.exceptions}</span>
        <span className={styles.countHint}>{t('today.exceptionsHint')}</span>
      </Link>
    </div>
  );
}

interface CountProps {
  readonly tone: string;
  readonly filter: StateFilter;
  readonly active: StateFilter | null;
  readonly value: number;
  readonly label: string;
  readonly hint: string;
}

/** A second press on the chosen number shows everyone again. */
function Count({ tone, filter, active, value, label, hint }: CountProps) {
  const [search] = useSearchParams();
  const next = new URLSearchParams(search);
  if (active === filter) next.delete('state');
  else next.set('state', filter);
  return (
    <Link
      to={{ search: next.toString() }}
      className={styles.count}
      data-tone={tone}
      aria-current={active === filter || undefined}
    >
      <span className={styles.countLabel}>
        <span className={styles.mark} aria-hidden="true" />
        {label}
      </span>
      <span className={styles.countValue}>{value}</span>
      <span className={styles.countHint}>{hint}</span>
    </Link>
  );
}
