// The key itself, to download or copy.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconDownload } from '../../ui/icons.js';
import { saveText } from '../../ui/save-text.js';
import { Copy } from '../../ui/secret.js';
import styles from './root-key.module.css';

interface KeepStepProps {
  readonly text: string;
  readonly fileName: string;
  readonly onKept: () => void;
}

export function KeepStep({ text, fileName, onKept }: KeepStepProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.form}>
      <pre className={styles.key} tabIndex={0} aria-label={t('settings.rootKeyTitle')} data-testid="root-key">
        {text}
      </pre>
      <div className={styles.actions}>
        <Button
          variant="default"
          leftSection={<IconDownload size={15} />}
          onClick={() => {
            saveText(fileName, text);
          }}
        >
          {t('settings.download')}
        </Button>
        <Copy value={text} label={t('settings.rootKeyTitle')} />
        <Button onClick={onKept}>{t('settings.haveCopy')}</Button>
      </div>
    </div>
  );
}
