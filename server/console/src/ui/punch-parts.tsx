// How a punch looks wherever it appears: direction as shape and word, how it was made, how far its time can be trusted.
import type { Punch } from '@hazri/shared/protocol/console-types';
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDuration } from './moment.js';
import { Chip } from './chip.js';
import { IconAlert, IconCloud, IconFace, IconIn, IconOut, IconPin } from './icons.js';
import styles from './punch-parts.module.css';

/** Later than this between the punch and its arrival, the tablet was offline. */
const OFFLINE_AFTER_MS = 120_000;

export function Direction({ punch }: { punch: Pick<Punch, 'direction' | 'undoneAtMs'> }) {
  const { t } = useTranslation();
  const isIn = punch.direction === 'in';
  return (
    <span
      className={styles.direction}
      data-direction={punch.direction}
      data-undone={punch.undoneAtMs !== null || undefined}
    >
      {isIn ? <IconIn size={15} aria-hidden="true" /> : <IconOut size={15} aria-hidden="true" />}
      {isIn ? t('punches.in') : t('punches.out')}
    </span>
  );
}

export function Method({ method }: { method: Punch['method'] }) {
  const { t } = useTranslation();
  return (
    <span className={styles.method}>
      {method === 'face' ? (
        <IconFace size={15} aria-hidden="true" />
      ) : (
        <IconPin size={15} aria-hidden="true" />
      )}
      {t(`punches.method.${method}`)}
    </span>
  );
}

/** Nothing for an ordinary punch; otherwise what HR has to know about its time. */
export function TimeNotes({ punch }: { punch: Punch }) {
  const { t } = useTranslation();
  const duration = useDuration();
  const lateMs = punch.receivedAtMs - punch.atMs;
  return (
    <span className={styles.notes}>
      {punch.undoneAtMs !== null && <Chip tone="bad">{t('punches.undone')}</Chip>}
      {punch.timeQuality !== 'trusted' && (
        <Tooltip label={t(`punches.quality.${punch.timeQuality}.long`)} multiline w={260}>
          <span className={styles.note} tabIndex={0}>
            <IconAlert size={14} aria-hidden="true" />
            {t(`punches.quality.${punch.timeQuality}.short`)}
          </span>
        </Tooltip>
      )}
      {lateMs > OFFLINE_AFTER_MS && (
        <span className={styles.note}>
          <IconCloud size={14} aria-hidden="true" />
          {t('punches.arrivedLater', { duration: duration(lateMs / 60_000) })}
        </span>
      )}
    </span>
  );
}
