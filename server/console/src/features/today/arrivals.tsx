// First arrivals over the day: bars from zero, the tallest one labelled, no legend to look up.
import type { Today } from '@hazri/shared/protocol/console-types';
import { lazy, Suspense } from 'react';
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { clock } from '../../lib/time.js';
import { Section } from '../../ui/page.js';
import styles from './today.module.css';

const ArrivalsChart = lazy(async () => ({ default: (await import('./arrivals-chart.js')).ArrivalsChart }));

export function Arrivals({ day }: { day: Today }) {
  const { t } = useTranslation();
  const peak = day.arrivals.reduce((best, bar) => (bar.count > best.count ? bar : best), {
    atMs: day.nowMs,
    count: 0,
  });
  return (
    <Section title={t('today.arrivals')} aside={<span className="soft">{t('today.arrivalsText')}</span>}>
      {peak.count === 0 ? (
        <p className={styles.none}>{t('today.arrivalsNone')}</p>
      ) : (
        <div
          className={styles.chart}
          role="img"
          aria-label={t('today.arrivalsSummary', { time: clock(peak.atMs, day.zone), count: peak.count })}
        >
          <Suspense fallback={<Skeleton height={170} />}>
            <ArrivalsChart day={day} peakMs={peak.atMs} />
          </Suspense>
        </div>
      )}
    </Section>
  );
}
