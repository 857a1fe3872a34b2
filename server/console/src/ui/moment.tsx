// Instants and durations on screen: the site's zone first, the reader's own zone and the full date on hover or focus.
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNow } from '../lib/now.js';
import { absolute, browserZone, clock, duration, relative, shortDate } from '../lib/time.js';

interface InstantProps {
  readonly ms: number;
  readonly zone: string;
}

function useHover(ms: number, zone: string): string {
  const { t, i18n } = useTranslation();
  const own = browserZone();
  const atSite = absolute(ms, zone, i18n.language);
  return own === zone ? atSite : `${atSite}\n${t('shell.yourTime')}: ${absolute(ms, own, i18n.language)}`;
}

function Hinted({ ms, zone, text }: InstantProps & { text: string }) {
  return (
    <Tooltip label={useHover(ms, zone)} multiline style={{ whiteSpace: 'pre-line' }}>
      <time className="numbers nowrap" dateTime={new Date(ms).toISOString()}>
        {text}
      </time>
    </Tooltip>
  );
}

/** 09:02 */
export function Clock({ ms, zone }: InstantProps) {
  return <Hinted ms={ms} zone={zone} text={clock(ms, zone)} />;
}

/** 20 Nov, 09:02 */
export function DayClock({ ms, zone }: InstantProps) {
  const { i18n } = useTranslation();
  const nowMs = useNow();
  return (
    <Hinted ms={ms} zone={zone} text={`${shortDate(ms, zone, i18n.language, nowMs)}, ${clock(ms, zone)}`} />
  );
}

/** 2 min ago */
export function Ago({ ms, zone }: InstantProps) {
  const { i18n } = useTranslation();
  const nowMs = useNow();
  return <Hinted ms={ms} zone={zone} text={relative(ms, nowMs, i18n.language)} />;
}

export function useDuration(): (minutes: number) => string {
  const { t } = useTranslation();
  return (minutes) => duration(minutes, { hour: t('shell.hourShort'), minute: t('shell.minuteShort') });
}
