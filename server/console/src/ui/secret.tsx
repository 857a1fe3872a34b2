// Something shown once (a PIN, a code, a one-time link): big, copyable, and never kept anywhere but on the screen.
import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { IconCheck, IconCopy } from './icons.js';
import styles from './secret.module.css';

interface SecretProps {
  readonly label: string;
  readonly value: string;
  readonly size?: 'huge' | 'large' | 'line';
  readonly testId?: string;
}

export function Secret({ label, value, size = 'large', testId }: SecretProps) {
  return (
    <div className={styles.secret}>
      <div className={styles.label}>{label}</div>
      <div className={styles.line}>
        <output className={styles.value} data-size={size} aria-label={label} data-testid={testId}>
          {value}
        </output>
        <Copy value={value} label={label} />
      </div>
    </div>
  );
}

export function Copy({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={value} timeout={2000}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          onClick={copy}
          leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          aria-label={`${copied ? t('shell.copied') : t('shell.copy')}: ${label}`}
        >
          {copied ? t('shell.copied') : t('shell.copy')}
        </Button>
      )}
    </CopyButton>
  );
}
