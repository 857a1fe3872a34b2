// The password again, before the key is shown.
import { Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Refusal } from '../../ui/notice.js';
import styles from './root-key.module.css';

interface ShowStepProps {
  readonly busy: boolean;
  readonly error: unknown;
  readonly onShow: (password: string) => void;
}

export function ShowStep({ busy, error, onShow }: ShowStepProps) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (value) => (value === '' ? t('auth.required') : null) },
  });
  return (
    <form
      className={styles.form}
      onSubmit={form.onSubmit(({ password }) => {
        onShow(password);
      })}
    >
      <Refusal error={error} />
      <PasswordInput
        label={t('auth.password')}
        autoComplete="current-password"
        maxLength={128}
        {...form.getInputProps('password')}
      />
      <Button type="submit" loading={busy}>
        {t('settings.showKey')}
      </Button>
    </form>
  );
}
