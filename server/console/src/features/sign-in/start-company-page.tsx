// Makes a company beside the demo; its owner is signed in at once and led to the root key.
import { Anchor, Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router-dom';
import { useChange } from '../../lib/queries.js';
import { useAdoptSession } from '../../lib/session.js';
import { zoneNames } from '../../lib/zones.js';
import { NewPasswordFields, useNewPasswordRules } from '../../ui/new-password.js';
import { Refusal } from '../../ui/notice.js';
import { AuthFrame } from './auth-frame.js';
import { isEmail } from './fields.js';
import styles from './auth-frame.module.css';

export function StartCompanyPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const adopt = useAdoptSession();
  const create = useChange('createCompany');
  const filled = (value: string) => (value.trim() === '' ? t('auth.required') : null);
  const form = useForm({
    initialValues: {
      companyName: '',
      siteName: '',
      zone: 'Asia/Kolkata',
      ownerName: '',
      email: '',
      password: '',
      repeated: '',
    },
    validate: {
      ...useNewPasswordRules(),
      companyName: filled,
      siteName: filled,
      ownerName: filled,
      email: (value) => (isEmail(value) ? null : t('auth.emailInvalid')),
    },
  });
  const submit = form.onSubmit(({ repeated: _, ...values }) => {
    create.mutate(
      { body: { ...values, locale: i18n.language === 'hi' ? 'hi' : 'en' } },
      {
        onSuccess: (session) => {
          adopt(session);
          void navigate('/settings/root-key', { replace: true });
        },
      },
    );
  });
  return (
    <AuthFrame
      title={t('auth.startTitle')}
      text={t('auth.startText')}
      foot={
        <Anchor component={Link} to="/sign-in" fz={13}>
          {t('auth.haveAccount')}
        </Anchor>
      }
    >
      <form className={styles.form} noValidate onSubmit={submit}>
        <Refusal error={create.error} />
        <TextInput
          label={t('auth.companyName')}
          autoComplete="organization"
          maxLength={120}
          {...form.getInputProps('companyName')}
        />
        <TextInput
          label={t('auth.siteName')}
          description={t('auth.siteNameHint')}
          maxLength={120}
          {...form.getInputProps('siteName')}
        />
        <Select
          label={t('auth.zone')}
          data={zoneNames()}
          searchable
          allowDeselect={false}
          limit={80}
          {...form.getInputProps('zone')}
        />
        <TextInput
          label={t('auth.ownerName')}
          autoComplete="name"
          maxLength={120}
          {...form.getInputProps('ownerName')}
        />
        <TextInput
          label={t('auth.email')}
          type="email"
          autoComplete="username"
          {...form.getInputProps('email')}
        />
        <NewPasswordFields form={form} />
        <Button type="submit" fullWidth loading={create.isPending}>
          {t('auth.start')}
        </Button>
      </form>
    </AuthFrame>
  );
}
