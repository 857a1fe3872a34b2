// One user of the console.
import type { User } from '@hazri/shared/protocol/console-types';
import { ActionIcon, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCan, useSession } from '../../lib/session.js';
import { Chip, type Tone } from '../../ui/chip.js';
import { Cell, Row } from '../../ui/grid.js';
import { IconDots } from '../../ui/icons.js';
import { Ago } from '../../ui/moment.js';
import type { Asked } from './user-dialogs.js';

const TONE: Readonly<Record<User['state'], Tone>> = { invited: 'wait', active: 'in', disabled: 'out' };

interface UserRowProps {
  readonly user: User;
  readonly onAsk: (asked: Asked) => void;
}

export function UserRow({ user, onAsk }: UserRowProps) {
  const { t } = useTranslation();
  const { user: me, company } = useSession();
  return (
    <Row muted={user.state === 'disabled'}>
      <Cell>
        <strong>{user.name}</strong>
        {user.id === me.id && <span className="soft"> · {t('settings.you')}</span>}
        <div className="soft breakable">{user.email}</div>
      </Cell>
      <Cell>{t(`shell.roles.${user.role}.name`)}</Cell>
      <Cell>
        <Chip tone={TONE[user.state]}>{t(`settings.userStates.${user.state}`)}</Chip>
      </Cell>
      <Cell wideOnly>
        {user.lastSignInMs === null ? (
          <span className="soft">{t('settings.never')}</span>
        ) : (
          <Ago ms={user.lastSignInMs} zone={company.zone} />
        )}
      </Cell>
      <Cell align="end">
        {user.id !== me.id && user.state !== 'disabled' && <Actions user={user} onAsk={onAsk} />}
      </Cell>
    </Row>
  );
}

function Actions({ user, onAsk }: UserRowProps) {
  const { t } = useTranslation();
  const can = useCan();
  if (!can('users.manage')) return null;
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon
          data-row
          variant="subtle"
          color="gray"
          aria-label={t('settings.actionsOf', { name: user.name })}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          onClick={() => {
            onAsk({ what: 'reset', user });
          }}
        >
          {t('settings.resetUser')}
        </Menu.Item>
        <Menu.Item
          onClick={() => {
            onAsk({ what: 'signOut', user });
          }}
        >
          {t('settings.signOutUser')}
        </Menu.Item>
        <Menu.Item
          color="red"
          onClick={() => {
            onAsk({ what: 'disable', user });
          }}
        >
          {t('settings.disable')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
