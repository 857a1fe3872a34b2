// An invited user chooses a password and is signed in.
import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams } from 'react-router-dom';
import { useChange } from '../../lib/queries.js';
import { useAdoptSession } from '../../lib/session.js';
import { NewPasswordFields, useNewPasswordRules } from '../../ui/new-password.js';
import { Notice, Refusal } from '../../ui/notice.js';
import { AuthFrame } from './auth-frame.js';
import { linkToken } from './fields.js';
import styles from './auth-frame.module.css';

export function InvitationPage() {
  const { t } = useTranslation();
  const token = linkToken(useParams().token, useLocation());
  const navigate = useNavigate();
  const adopt = useAdoptSession();
  const accept = useChange('acceptInvitation');
  const form = useForm({ initialValues: { password: '', repeated: '' }, validate: useNewPasswordRules() });
  if (token === null) return <LinkMissing />;
  return (
    <AuthFrame title={t('auth.invitationTitle')} text={t('auth.invitationText')}>
      <form
        className={styles.form}
        noValidate
        onSubmit={form.onSubmit(({ password }) => {
          accept.mutate(
            { body: { token, password } },
            {
              onSuccess: (session) => {
                adopt(session);
                void navigate('/', { replace: true });
              },
            },
          );
        })}
      >
        <Refusal error={accept.error} />
        <NewPasswordFields form={form} />
        <Button type="submit" fullWidth loading={accept.isPending}>
          {t('auth.accept')}
        </Button>
      </form>
    </AuthFrame>
  );
}

export function LinkMissing() {
  const { t } = useTranslation();
  return (
    <AuthFrame title={t('auth.linkMissing')}>
      <Notice tone="wait">{t('auth.linkMissingText')}</Notice>
    </AuthFrame>
  );
}
