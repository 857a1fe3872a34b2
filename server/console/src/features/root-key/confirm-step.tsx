// Proof that the copy is readable: its last six characters.
import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../../ui/notice.js';
import styles from './root-key.module.css';

const LENGTH = 6;

interface ConfirmStepProps {
  readonly busy: boolean;
  readonly error: unknown;
  readonly onConfirm: (lastSix: string) => void;
}

export function ConfirmStep({ busy, error, onConfirm }: ConfirmStepProps) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { lastSix: '' } });
  const typed = form.values.lastSix.trim();
  return (
    <form
      className={styles.form}
      onSubmit={form.onSubmit(() => {
        onConfirm(typed);
      })}
    >
      <Refusal error={error} />
      <TextInput
        w={200}
        label={t('settings.lastSix')}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: 'mono' }}
        maxLength={LENGTH + 2}
        {...form.getInputProps('lastSix')}
      />
      <Button type="submit" loading={busy} disabled={typed.length !== LENGTH}>
        {t('settings.confirmCopy')}
      </Button>
    </form>
  );
}
