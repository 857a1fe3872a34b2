// E-mail and password. A refusal never says which of the two was wrong.
import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router-dom';
import { useChange } from '../../lib/queries.js';
import { useAdoptSession, useCurrentSession } from '../../lib/session.js';
import { Refusal } from '../../ui/notice.js';
import { AuthFrame } from './auth-frame.js';
import { isEmail, safeNext } from './fields.js';
import styles from './auth-frame.module.css';

export function SignInPage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const current = useCurrentSession();
  const adopt = useAdoptSession();
  const signIn = useChange('signIn');
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (isEmail(value) ? null : t('auth.emailInvalid')),
      password: (value) => (value === '' ? t('auth.required') : null),
    },
  });
  if (current.data) return <Navigate to={safeNext(search.get('next'))} replace />;
  return (
    <AuthFrame
      title={t('auth.signInTitle')}
      foot={
        <>
          <span>{t('auth.forgot')}</span>
          <Anchor component={Link} to="/start" fz={13}>
            {t('auth.startOwn')}
          </Anchor>
        </>
      }
    >
      <form
        className={styles.form}
        noValidate
        onSubmit={form.onSubmit((body) => {
          signIn.mutate({ body }, { onSuccess: adopt });
        })}
      >
        <Refusal error={signIn.error} />
        <TextInput
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          autoFocus
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('auth.password')}
          autoComplete="current-password"
          maxLength={128}
          {...form.getInputProps('password')}
        />
        <Button type="submit" fullWidth loading={signIn.isPending}>
          {t('auth.signIn')}
        </Button>
      </form>
    </AuthFrame>
  );
}
