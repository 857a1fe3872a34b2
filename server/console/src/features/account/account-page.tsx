// One's own account: password, language, appearance.
import type { Locale } from '@hazri/shared/protocol/primitives';
import { Button, PasswordInput, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { speak } from '../../lib/i18n.js';
import { useChange } from '../../lib/queries.js';
import { useAdoptSession, useSession } from '../../lib/session.js';
import { NewPasswordFields, useNewPasswordRules } from '../../ui/new-password.js';
import { Refusal } from '../../ui/notice.js';
import { Page, Section } from '../../ui/page.js';
import styles from './account.module.css';

export function AccountPage() {
  const { t } = useTranslation();
  const { user } = useSession();
  return (
    <Page title={t('shell.account')} meta={<span>{t('settings.accountText')}</span>} narrow>
      <div className={styles.parts}>
        <Section title={t('settings.profile')}>
          <dl className={styles.facts}>
            <dt>{t('people.name')}</dt>
            <dd>{user.name}</dd>
            <dt>{t('auth.email')}</dt>
            <dd>{user.email}</dd>
            <dt>{t('settings.role')}</dt>
            <dd>
              {t(`shell.roles.${user.role}.name`)}{' '}
              <span className="soft">· {t(`shell.roles.${user.role}.does`)}</span>
            </dd>
          </dl>
        </Section>
        <Looks />
        <Password />
      </div>
    </Page>
  );
}

function Looks() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const setLocale = useChange('setLocale');
  return (
    <Section title={t('settings.looks')}>
      <div className={styles.form}>
        <SegmentedControl
          aria-label={t('shell.language')}
          data={[
            { value: 'en', label: 'English' },
            { value: 'hi', label: 'हिन्दी' },
          ]}
          value={i18n.language}
          onChange={(value) => {
            const locale = value as Locale;
            void speak(locale);
            setLocale.mutate({ body: { locale } });
          }}
        />
        <p className={styles.text}>{t('settings.languageText')}</p>
        <SegmentedControl
          aria-label={t('settings.appearance')}
          data={[
            { value: 'auto', label: t('settings.auto') },
            { value: 'light', label: t('shell.light') },
            { value: 'dark', label: t('shell.dark') },
          ]}
          value={colorScheme}
          onChange={(value) => {
            setColorScheme(value);
          }}
        />
      </div>
    </Section>
  );
}

function Password() {
  const { t } = useTranslation();
  const adopt = useAdoptSession();
  const change = useChange('changePassword');
  const form = useForm({
    initialValues: { current: '', password: '', repeated: '' },
    validate: { ...useNewPasswordRules(), current: (value) => (value === '' ? t('auth.required') : null) },
  });
  return (
    <Section title={t('settings.passwordHead')}>
      <form
        className={styles.form}
        noValidate
        onSubmit={form.onSubmit(({ current, password }) => {
          change.mutate(
            { body: { current, next: password } },
            {
              onSuccess: (session) => {
                adopt(session);
                form.reset();
                notifications.show({ message: t('settings.passwordChanged') });
              },
            },
          );
        })}
      >
        <p className={styles.text}>{t('settings.passwordText')}</p>
        <Refusal error={change.error} />
        <PasswordInput
          label={t('auth.currentPassword')}
          autoComplete="current-password"
          maxLength={128}
          {...form.getInputProps('current')}
        />
        <NewPasswordFields form={form} />
        <Button type="submit" loading={change.isPending}>
          {t('auth.changePassword')}
        </Button>
      </form>
    </Section>
  );
}
