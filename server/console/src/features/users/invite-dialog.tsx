// Invites a user; the answer is a one-time link to hand over.
import { type Role } from '@hazri/shared/protocol/roles';
import { Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { email } from '@hazri/shared/protocol/console-types';
import { useChange } from '../../lib/queries.js';
import { Refusal } from '../../ui/notice.js';
import { OneTimeLink } from './one-time-link.js';
import styles from './users.module.css';
import { Dialog } from '../../ui/dialog.js';

/** Who can be invited: an employee has nothing to do in the console. */
const INVITED_ROLES: readonly Role[] = ['hr', 'head', 'finance', 'it', 'auditor', 'owner'];

interface Invitation {
  name: string;
  email: string;
  role: Role;
  department: string;
}

export function InviteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const invite = useChange('inviteUser', ['users']);
  const form = useForm<Invitation>({
    initialValues: { name: '', email: '', role: 'hr', department: '' },
    validate: {
      name: (value) => (value.trim() === '' ? t('auth.required') : null),
      department: (value, { role }) => (role === 'head' && value.trim() === '' ? t('auth.required') : null),
      email: (value) => (email.safeParse(value).success ? null : t('auth.emailInvalid')),
    },
  });
  const close = () => {
    form.reset();
    invite.reset();
    onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={t('settings.inviteTitle')}
      closeOnClickOutside={invite.data === undefined}
    >
      {invite.data !== undefined ? (
        <OneTimeLink link={invite.data} onClose={close} />
      ) : (
        <form
          className={styles.form}
          noValidate
          onSubmit={form.onSubmit(({ department, ...body }) => {
            invite.mutate({ body: body.role === 'head' ? { ...body, department } : body });
          })}
        >
          <Refusal error={invite.error} />
          <TextInput
            label={t('people.name')}
            maxLength={120}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <TextInput label={t('auth.email')} type="email" maxLength={200} {...form.getInputProps('email')} />
          <Select
            label={t('settings.role')}
            description={t(`shell.roles.${form.values.role}.does`)}
            data={INVITED_ROLES.map((role) => ({ value: role, label: t(`shell.roles.${role}.name`) }))}
            allowDeselect={false}
            {...form.getInputProps('role')}
          />
          {form.values.role === 'head' && (
            <TextInput
              label={t('people.department')}
              description={t('settings.headDepartment')}
              maxLength={80}
              {...form.getInputProps('department')}
            />
          )}
          <div className={styles.actions}>
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" loading={invite.isPending}>
              {t('settings.inviteSend')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
