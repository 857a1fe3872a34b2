// Revoking a tablet, with what it costs.
import type { Device } from '@hazri/shared/protocol/console-types';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../lib/queries.js';
import { Consequence } from '../../ui/consequence.js';

export function RevokeDialog({ device, onClose }: { device: Device | null; onClose: () => void }) {
  const { t } = useTranslation();
  const revoke = useChange('revokeDevice', ['devices']);
  const unsent = device?.unsent ?? 0;
  return (
    <Consequence
      opened={device !== null}
      onClose={onClose}
      title={t('devices.revokeTitle', { name: device?.name ?? '' })}
      effects={[
        t('devices.revokeNow'),
        unsent === 0 ? t('devices.revokeUnsentNone') : t('devices.revokeUnsent', { count: unsent }),
        t('devices.revokeUndo'),
      ]}
      confirm={t('devices.revoke')}
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => {
        if (device !== null) revoke.mutate({ params: { id: device.id } }, { onSuccess: onClose });
      }}
    />
  );
}
