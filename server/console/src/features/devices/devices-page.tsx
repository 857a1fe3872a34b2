// The tablets: are they well, and pairing or revoking one.
import type { Device } from '@hazri/shared/protocol/console-types';
import { Button, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { useAnswer } from '../../lib/queries.js';
import { useCan } from '../../lib/session.js';
import { Grid, GridSkeleton, type Column } from '../../ui/grid.js';
import { IconDevice, IconPlus } from '../../ui/icons.js';
import { Page, PrimaryAction } from '../../ui/page.js';
import { Blank, Shown } from '../../ui/states.js';
import { Term } from '../../ui/term.js';
import { DeviceRow } from './device-row.js';
import { PairDialog } from './pair-dialog.js';
import { RevokeDialog } from './revoke-dialog.js';

const ASK_AGAIN_MS = 15_000;

export function DevicesPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [search, setSearch] = useSearchParams();
  const [revoking, setRevoking] = useState<Device | null>(null);
  const query = useAnswer('devices', {}, { refetchInterval: ASK_AGAIN_MS });
  const items = query.data?.items ?? [];
  const mayManage = can('devices.manage');
  const startPairing = () => {
    setSearch({ pair: '1' });
  };
  const columns = useDeviceColumns();
  return (
    <Page
      title={t('shell.places.devices')}
      meta={<span>{t('devices.text')}</span>}
      actions={
        mayManage && (
          <PrimaryAction label={t('devices.pair')} icon={<IconPlus size={15} />} onClick={startPairing} />
        )
      }
    >
      <Shown query={query} skeleton={<GridSkeleton label={t('shell.loading')} columns={columns} rows={4} />}>
        {items.length === 0 ? (
          <Blank
            icon={<IconDevice size={22} stroke={1.5} />}
            title={t('devices.emptyTitle')}
            action={
              mayManage && (
                <Button variant="default" onClick={startPairing}>
                  {t('devices.pair')}
                </Button>
              )
            }
          >
            {mayManage ? t('devices.emptyText') : t('devices.emptyTextReader')}
          </Blank>
        ) : (
          <Grid label={t('shell.places.devices')} columns={columns}>
            {items.map((device) => (
              <DeviceRow key={device.id} device={device} onRevoke={setRevoking} />
            ))}
          </Grid>
        )}
      </Shown>
      {mayManage && (
        <PairDialog opened={search.has('pair')} pairingId={search.get('pairing')} onAddress={setSearch} />
      )}
      <RevokeDialog
        device={revoking}
        onClose={() => {
          setRevoking(null);
        }}
      />
    </Page>
  );
}

function useDeviceColumns(): Column[] {
  const { t } = useTranslation();
  return [
    { key: 'name', label: t('devices.name') },
    { key: 'health', label: t('devices.health'), width: 170 },
    { key: 'seen', label: t('devices.lastSeen'), width: 120, wideOnly: true },
    {
      key: 'unsent',
      label: <Term word={t('devices.unsent')} meaning={t('devices.unsentMeaning')} />,
      width: 140,
      wideOnly: true,
    },
    { key: 'clock', label: t('devices.clock'), width: 130, wideOnly: true },
    { key: 'camera', label: t('devices.camera'), wideOnly: true },
    { key: 'act', label: <VisuallyHidden>{t('shell.actions')}</VisuallyHidden>, align: 'end', width: 56 },
  ];
}
