// Completes a reset link; afterwards the person signs in with the new password.
import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router-dom';
import { useChange } from '../../lib/queries.js';
import { NewPasswordFields, useNewPasswordRules } from '../../ui/new-password.js';
import { Refusal } from '../../ui/notice.js';
import { AuthFrame } from './auth-frame.js';
import { linkToken } from './fields.js';
import { LinkMissing } from './invitation-page.js';
import styles from './auth-frame.module.css';

export function ResetPage() {
  const { t } = useTranslation();
  const token = linkToken(useParams().token, useLocation());
  const complete = useChange('completeReset');
  const form = useForm({ initialValues: { password: '', repeated: '' }, validate: useNewPasswordRules() });
  if (token === null) return <LinkMissing />;
  if (complete.isSuccess) {
    return (
      <AuthFrame title={t('auth.resetDoneTitle')} text={t('auth.resetDoneText')}>
        <Button component={Link} to="/sign-in" fullWidth>
          {t('auth.signIn')}
        </Button>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t('auth.resetTitle')} text={t('auth.resetText')}>
      <form
        className={styles.form}
        noValidate
        onSubmit={form.onSubmit(({ password }) => {
          complete.mutate({ body: { token, password } });
        })}
      >
        <Refusal error={complete.error} />
        <NewPasswordFields form={form} />
        <Button type="submit" fullWidth loading={complete.isPending}>
          {t('auth.reset')}
        </Button>
      </form>
    </AuthFrame>
  );
}
