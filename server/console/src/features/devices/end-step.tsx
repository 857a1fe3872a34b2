// How a pairing ended.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.js';
import styles from './devices.module.css';

interface EndStepProps {
  readonly state: 'active' | 'refused' | 'expired';
  readonly name: string;
  readonly onClose: () => void;
  readonly onStartOver: () => void;
}

export function EndStep({ state, name, onClose, onStartOver }: EndStepProps) {
  const { t } = useTranslation();
  const isDone = state === 'active';
  return (
    <div className={styles.step}>
      <Notice
        tone={isDone ? 'in' : 'bad'}
        title={
          isDone
            ? t('devices.activeTitle', { name })
            : t(state === 'refused' ? 'devices.refusedTitle' : 'devices.expiredTitle')
        }
      >
        {isDone
          ? t('devices.activeText')
          : t(state === 'refused' ? 'devices.refusedText' : 'devices.expiredText')}
      </Notice>
      <div className={styles.actions}>
        {!isDone && (
          <Button variant="default" onClick={onStartOver}>
            {t('devices.newCode')}
          </Button>
        )}
        <Button onClick={onClose}>{t('shell.done')}</Button>
      </div>
    </div>
  );
}
