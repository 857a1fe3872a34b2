// The two fields in which someone chooses a password, and the rule beside them.
import { PasswordInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { passwordProblem } from '../lib/password.js';

export interface NewPassword {
  readonly password: string;
  readonly repeated: string;
}

/** Validation of the two fields for `useForm`. */
export function useNewPasswordRules() {
  const { t } = useTranslation();
  return {
    password: (value: string) => {
      const problem = passwordProblem(value);
      if (problem === null) return null;
      return problem === 'short' ? t('auth.passwordShort') : t('auth.passwordMix');
    },
    repeated: (value: string, values: NewPassword) =>
      value === values.password ? null : t('auth.passwordDiffers'),
  };
}

export function NewPasswordFields<T extends NewPassword>({ form }: { form: UseFormReturnType<T> }) {
  const { t } = useTranslation();
  return (
    <>
      <PasswordInput
        label={t('auth.newPassword')}
        description={t('auth.passwordRule')}
        autoComplete="new-password"
        maxLength={128}
        {...form.getInputProps('password')}
      />
      <PasswordInput
        label={t('auth.repeatPassword')}
        autoComplete="new-password"
        maxLength={128}
        {...form.getInputProps('repeated')}
      />
    </>
  );
}
