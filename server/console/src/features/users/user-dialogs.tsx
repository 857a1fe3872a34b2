// What can be done to a user, each with its consequence first.
import type { User } from '@hazri/shared/protocol/console-types';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../lib/queries.js';
import { Consequence } from '../../ui/consequence.js';
import { Refusal } from '../../ui/notice.js';
import { OneTimeLink } from './one-time-link.js';
import styles from './users.module.css';
import { Dialog } from '../../ui/dialog.js';

export interface Asked {
  readonly what: 'reset' | 'signOut' | 'disable';
  readonly user: User;
}

interface UserDialogsProps {
  readonly asked: Asked | null;
  readonly onClose: () => void;
}

export function UserDialogs({ asked, onClose }: UserDialogsProps) {
  return (
    <>
      <ResetDialog user={asked?.what === 'reset' ? asked.user : null} onClose={onClose} />
      <SignOutDialog user={asked?.what === 'signOut' ? asked.user : null} onClose={onClose} />
      <DisableDialog user={asked?.what === 'disable' ? asked.user : null} onClose={onClose} />
    </>
  );
}

interface OfUserProps {
  readonly user: User | null;
  readonly onClose: () => void;
}

function ResetDialog({ user, onClose }: OfUserProps) {
  const { t } = useTranslation();
  const reset = useChange('resetUser', ['users']);
  const name = user?.name ?? '';
  const close = () => {
    reset.reset();
    onClose();
  };
  return (
    <Dialog
      opened={user !== null}
      onClose={close}
      title={t('settings.resetTitle', { name })}
      closeOnClickOutside={reset.data === undefined}
    >
      {reset.data !== undefined ? (
        <OneTimeLink link={reset.data} onClose={close} />
      ) : (
        <div className={styles.form}>
          <p className={styles.text}>
            {t('settings.resetEffect', { name })} {t('settings.resetEffectOld')}
          </p>
          <Refusal error={reset.error} />
          <div className={styles.actions}>
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button
              data-autofocus
              loading={reset.isPending}
              onClick={() => {
                if (user !== null) reset.mutate({ params: { id: user.id } });
              }}
            >
              {t('settings.resetUser')}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function SignOutDialog({ user, onClose }: OfUserProps) {
  const { t } = useTranslation();
  const signOut = useChange('signOutUser', ['users']);
  const name = user?.name ?? '';
  return (
    <Consequence
      opened={user !== null}
      onClose={onClose}
      title={t('settings.signOutTitle', { name })}
      effects={[t('settings.signOutEffect', { name }), t('settings.signOutEffectNext')]}
      confirm={t('settings.signOutUser')}
      busy={signOut.isPending}
      error={signOut.error}
      onConfirm={() => {
        if (user === null) return;
        const onSuccess = () => {
          notifications.show({ message: t('settings.signedOutToast', { name }) });
          onClose();
        };
        signOut.mutate({ params: { id: user.id } }, { onSuccess });
      }}
    />
  );
}

function DisableDialog({ user, onClose }: OfUserProps) {
  const { t } = useTranslation();
  const disable = useChange('disableUser', ['users']);
  const name = user?.name ?? '';
  return (
    <Consequence
      opened={user !== null}
      onClose={onClose}
      title={t('settings.disableTitle', { name })}
      effects={[t('settings.disableEffect'), t('settings.disableEffectAudit', { name })]}
      confirm={t('settings.disable')}
      busy={disable.isPending}
      error={disable.error}
      onConfirm={() => {
        if (user === null) return;
        const onSuccess = () => {
          notifications.show({ message: t('settings.disabledToast', { name }) });
          onClose();
        };
        disable.mutate({ params: { id: user.id } }, { onSuccess });
      }}
    />
  );
}
