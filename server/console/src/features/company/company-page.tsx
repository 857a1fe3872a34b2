// The company and its sites. A site's zone is chosen once: every punch made there is told in it.
import { Button, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { useNow } from '../../lib/now.js';
import { useAnswer, useChange } from '../../lib/queries.js';
import { useCan, useSession } from '../../lib/session.js';
import { zoneNames } from '../../lib/zones.js';
import { Cell, Grid, GridSkeleton, Row } from '../../ui/grid.js';
import { IconBuilding, IconPlus } from '../../ui/icons.js';
import { Clock } from '../../ui/moment.js';
import { Notice, Refusal } from '../../ui/notice.js';
import { Page, PrimaryAction } from '../../ui/page.js';
import { Blank, Shown } from '../../ui/states.js';
import { Dialog } from '../../ui/dialog.js';
import { PolicyCard } from './policy-card.js';

export function CompanyPage() {
  const { t } = useTranslation();
  const can = useCan();
  const { company } = useSession();
  const nowMs = useNow();
  const query = useAnswer('sites', {});
  const [isAdding, adding] = useDisclosure(false);
  const items = query.data?.items ?? [];
  const columns = [
    { key: 'name', label: t('settings.siteName') },
    { key: 'zone', label: t('settings.zone'), width: 240 },
    { key: 'time', label: t('settings.timeThere'), width: 130, align: 'end' as const },
  ];
  return (
    <Page
      title={company.name}
      meta={<span>{t('settings.companyText')}</span>}
      actions={
        can('company.manage') && (
          <PrimaryAction label={t('settings.addSite')} icon={<IconPlus size={15} />} onClick={adding.open} />
        )
      }
    >
      <Shown query={query} skeleton={<GridSkeleton label={t('shell.loading')} columns={columns} rows={3} />}>
        {items.length === 0 ? (
          <Blank icon={<IconBuilding size={22} stroke={1.5} />} title={t('settings.sitesEmptyTitle')}>
            {t('settings.sitesEmptyText')}
          </Blank>
        ) : (
          <Grid label={t('settings.sites')} columns={columns}>
            {items.map((site) => (
              <Row key={site.id}>
                <Cell>
                  <strong>{site.name}</strong>
                </Cell>
                <Cell>{site.zone}</Cell>
                <Cell align="end">
                  <Clock ms={nowMs} zone={site.zone} />
                </Cell>
              </Row>
            ))}
          </Grid>
        )}
      </Shown>
      <PolicyCard />
      {company.isDemo && (
        <div style={{ marginTop: 20, maxWidth: 640 }}>
          <Notice title={t('settings.isDemo')}>
            {t('settings.startOwnText')} <Link to="/start">{t('shell.startOwn')}</Link>
          </Notice>
        </div>
      )}
      <AddSiteDialog opened={isAdding} onClose={adding.close} />
    </Page>
  );
}

function AddSiteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { company } = useSession();
  const create = useChange('createSite', ['sites']);
  const form = useForm({
    initialValues: { name: '', zone: company.zone },
    validate: { name: (value) => (value.trim() === '' ? t('auth.required') : null) },
  });
  const close = () => {
    form.reset();
    create.reset();
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title={t('settings.addSiteTitle')}>
      <form
        style={{ display: 'flex', flexDirection: 'column', gap: 14 }}
        onSubmit={form.onSubmit((body) => {
          create.mutate({ body }, { onSuccess: close });
        })}
      >
        <Refusal error={create.error} />
        <TextInput
          label={t('settings.siteName')}
          description={t('settings.siteHint')}
          maxLength={120}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Select
          label={t('settings.zone')}
          description={t('settings.zoneFixed')}
          data={zoneNames()}
          searchable
          limit={80}
          allowDeselect={false}
          {...form.getInputProps('zone')}
        />
        <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
          <Button variant="default" onClick={close}>
            {t('shell.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('settings.addSite')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
