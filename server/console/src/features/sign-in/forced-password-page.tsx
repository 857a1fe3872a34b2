// Someone who signed in with a given password chooses an own one before anything else.
import { Anchor, Button, PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../lib/queries.js';
import { useAdoptSession } from '../../lib/session.js';
import { NewPasswordFields, useNewPasswordRules } from '../../ui/new-password.js';
import { Refusal } from '../../ui/notice.js';
import { AuthFrame } from './auth-frame.js';
import styles from './auth-frame.module.css';

export function ForcedPasswordPage() {
  const { t } = useTranslation();
  const adopt = useAdoptSession();
  const change = useChange('changePassword');
  const signOut = useChange('signOut');
  const rules = useNewPasswordRules();
  const form = useForm({
    initialValues: { current: '', password: '', repeated: '' },
    validate: { ...rules, current: (value) => (value === '' ? t('auth.required') : null) },
  });
  return (
    <AuthFrame
      title={t('auth.forcedTitle')}
      text={t('auth.forcedText')}
      foot={
        <Anchor
          component="button"
          type="button"
          fz={13}
          ta="start"
          onClick={() => {
            signOut.mutate(
              {},
              {
                onSuccess: () => {
                  adopt(null);
                },
              },
            );
          }}
        >
          {t('shell.signOut')}
        </Anchor>
      }
    >
      <form
        className={styles.form}
        noValidate
        onSubmit={form.onSubmit(({ current, password }) => {
          change.mutate({ body: { current, next: password } }, { onSuccess: adopt });
        })}
      >
        <Refusal error={change.error} />
        <PasswordInput
          label={t('auth.currentPassword')}
          autoComplete="current-password"
          {...form.getInputProps('current')}
        />
        <NewPasswordFields form={form} />
        <Button type="submit" fullWidth loading={change.isPending}>
          {t('auth.changePassword')}
        </Button>
      </form>
    </AuthFrame>
  );
}
