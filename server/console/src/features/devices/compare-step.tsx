// Step three: the six words that must be the same on both screens, and the camera that the tablet showed.
import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../lib/queries.js';
import { IconCamera } from '../../ui/icons.js';
import { Refusal } from '../../ui/notice.js';
import styles from './devices.module.css';

interface CompareStepProps {
  readonly pairingId: string;
  readonly words: readonly string[];
  readonly camera: string | null;
}

export function CompareStep({ pairingId, words, camera }: CompareStepProps) {
  const { t } = useTranslation();
  const [isPinned, setPinned] = useState(true);
  const confirm = useChange('confirmPairing', ['pairing', 'devices']);
  const refuse = useChange('refusePairing', ['pairing', 'devices']);
  const params = { id: pairingId };
  return (
    <div className={styles.step}>
      <div>
        <h3 className={styles.question}>{t('devices.compareTitle')}</h3>
        <p className={styles.text}>{t('devices.compareText')}</p>
      </div>
      <ol className={styles.words} lang="en" data-testid="pairing-words">
        {words.map((word, index) => (
          <li key={`${String(index)} ${word}`}>{word}</li>
        ))}
      </ol>
      <div className={styles.cameraBox}>
        <IconCamera size={18} aria-hidden="true" />
        {camera === null ? (
          <span>{t('devices.cameraNoneShown')}</span>
        ) : (
          <div>
            <div>
              {t('devices.cameraShown')} <strong>{camera}</strong>
            </div>
            <Checkbox
              mt={8}
              size="sm"
              label={t('devices.pinCamera')}
              checked={isPinned}
              onChange={(event) => {
                setPinned(event.currentTarget.checked);
              }}
            />
          </div>
        )}
      </div>
      <Refusal error={confirm.error ?? refuse.error} />
      <div className={styles.actions}>
        <Button
          variant="default"
          loading={refuse.isPending}
          onClick={() => {
            refuse.mutate({ params });
          }}
        >
          {t('devices.differ')}
        </Button>
        <Button
          loading={confirm.isPending}
          onClick={() => {
            confirm.mutate({ params, body: { cameraPin: isPinned ? camera : null } });
          }}
        >
          {t('devices.same')}
        </Button>
      </div>
    </div>
  );
}
