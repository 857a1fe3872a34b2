// Step two: the code and the IT PIN, shown once, while the tablet is awaited.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../lib/now.js';
import { countdown } from '../../lib/time.js';
import { Notice } from '../../ui/notice.js';
import { Secret } from '../../ui/secret.js';
import type { MadePairing } from './made-pairing.js';
import styles from './devices.module.css';

interface WaitStepProps {
  readonly made: MadePairing | null;
  readonly onCancel: () => void;
}

export function WaitStep({ made, onCancel }: WaitStepProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.step}>
      {made === null ? <Notice tone="wait">{t('devices.shownOnce')}</Notice> : <Code made={made} />}
      <div className={styles.waiting} role="status">
        <span className={styles.pulse} aria-hidden="true" />
        {t('devices.waiting')}
      </div>
      <div className={styles.actions}>
        <Button variant="default" onClick={onCancel}>
          {t('shell.close')}
        </Button>
      </div>
    </div>
  );
}

function Code({ made }: { made: MadePairing }) {
  const { t } = useTranslation();
  const nowMs = useNow(1_000);
  return (
    <>
      <div className={styles.codeBox}>
        <div className={styles.codeTitle}>{t('devices.step1')}</div>
        <Secret label={t('devices.address')} value={made.serverAddress} testId="pairing-address" />
        <Secret label={t('devices.code')} value={made.code} size="huge" testId="pairing-code" />
        <div className="soft numbers">
          {t('devices.codeLeft', { left: countdown(made.expiresAtMs - nowMs) })}
        </div>
      </div>
      <div>
        <Secret label={t('devices.itPin')} value={made.itPin} testId="pairing-it-pin" />
        <div className="soft">{t('devices.itPinHint')}</div>
      </div>
    </>
  );
}
