// A link that works once and is shown once.
import type { OutputOf } from '@hazri/shared/protocol/console';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../lib/now.js';
import { relative } from '../../lib/time.js';
import { Notice } from '../../ui/notice.js';
import { Secret } from '../../ui/secret.js';
import styles from './users.module.css';

export function OneTimeLink({ link, onClose }: { link: OutputOf<'inviteUser'>; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const nowMs = useNow();
  return (
    <div className={styles.form}>
      <Notice tone="wait" title={t('settings.linkTitle')}>
        {t('settings.linkText')}{' '}
        {t('settings.linkUntil', { when: relative(link.expiresAtMs, nowMs, i18n.language) })}
      </Notice>
      <Secret label={t('settings.linkLabel')} value={link.url} size="line" testId="one-time-link" />
      <div className={styles.actions}>
        <Button onClick={onClose}>{t('shell.done')}</Button>
      </div>
    </div>
  );
}
