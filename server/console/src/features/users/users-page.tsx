// Who signs in to the console: invite, reset, sign out everywhere, disable.
import { VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../lib/queries.js';
import { useCan } from '../../lib/session.js';
import { Grid, GridSkeleton, type Column } from '../../ui/grid.js';
import { IconPlus } from '../../ui/icons.js';
import { Page, PrimaryAction } from '../../ui/page.js';
import { Shown } from '../../ui/states.js';
import { InviteDialog } from './invite-dialog.js';
import { RolesTable } from './roles-table.js';
import { UserDialogs, type Asked } from './user-dialogs.js';
import { UserRow } from './user-row.js';
import styles from './users.module.css';

export function UsersPage() {
  const { t } = useTranslation();
  const can = useCan();
  const query = useAnswer('users', {});
  const [isInviting, inviting] = useDisclosure(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const columns: Column[] = [
    { key: 'name', label: t('people.name') },
    { key: 'role', label: t('settings.role'), width: 130 },
    { key: 'state', label: t('settings.userState'), width: 120 },
    { key: 'last', label: t('settings.lastSignIn'), width: 150, wideOnly: true },
    { key: 'act', label: <VisuallyHidden>{t('shell.actions')}</VisuallyHidden>, align: 'end', width: 56 },
  ];
  return (
    <Page
      title={t('shell.places.users')}
      meta={<span>{t('settings.usersText')}</span>}
      actions={
        can('users.manage') && (
          <PrimaryAction label={t('settings.invite')} icon={<IconPlus size={15} />} onClick={inviting.open} />
        )
      }
    >
      <div className={styles.parts}>
        <Shown
          query={query}
          skeleton={<GridSkeleton label={t('shell.loading')} columns={columns} rows={5} />}
        >
          <Grid label={t('shell.places.users')} columns={columns}>
            {(query.data?.items ?? []).map((user) => (
              <UserRow key={user.id} user={user} onAsk={setAsked} />
            ))}
          </Grid>
        </Shown>
        <RolesTable />
      </div>
      <InviteDialog opened={isInviting} onClose={inviting.close} />
      <UserDialogs
        asked={asked}
        onClose={() => {
          setAsked(null);
        }}
      />
    </Page>
  );
}
