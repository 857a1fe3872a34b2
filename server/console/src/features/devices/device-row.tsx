// One tablet in words: health first, then the numbers behind it.
import type { Device } from '@hazri/shared/protocol/console-types';
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../lib/now.js';
import { useChange } from '../../lib/queries.js';
import { useCan, useSession } from '../../lib/session.js';
import { relative } from '../../lib/time.js';
import { Chip } from '../../ui/chip.js';
import { Cell, Row } from '../../ui/grid.js';
import { IconDots } from '../../ui/icons.js';
import { Ago, useDuration } from '../../ui/moment.js';
import { CLOCK_NOTABLE_MS, healthOf } from './health.js';
import styles from './devices.module.css';

interface DeviceRowProps {
  readonly device: Device;
  readonly onRevoke: (device: Device) => void;
}

export function DeviceRow({ device, onRevoke }: DeviceRowProps) {
  const { t } = useTranslation();
  const { company } = useSession();
  const nowMs = useNow();
  const isActive = device.state === 'active';
  return (
    <Row muted={!isActive}>
      <Cell>
        <strong>{device.name}</strong>
        <div className="soft">
          {device.siteName}
          {device.appVersion !== null && ` · ${device.appVersion}`}
        </div>
      </Cell>
      <Cell>
        <HealthChip device={device} nowMs={nowMs} />
      </Cell>
      <Cell wideOnly>
        {device.lastSeenMs === null ? (
          <span className="soft">{t('devices.never')}</span>
        ) : (
          <Ago ms={device.lastSeenMs} zone={company.zone} />
        )}
      </Cell>
      <Cell wideOnly>{isActive ? <Unsent device={device} nowMs={nowMs} /> : t('shell.noValue')}</Cell>
      <Cell wideOnly>{isActive ? <ClockWord offsetMs={device.clockOffsetMs} /> : t('shell.noValue')}</Cell>
      <Cell wideOnly>
        <CameraWord device={device} />
      </Cell>
      <Cell align="end">
        <Actions device={device} onRevoke={onRevoke} />
      </Cell>
    </Row>
  );
}

function HealthChip({ device, nowMs }: { device: Device; nowMs: number }) {
  const { t, i18n } = useTranslation();
  const health = healthOf(device, nowMs);
  if (health.kind === 'state') return <Chip tone={health.tone}>{t(`devices.states.${health.state}`)}</Chip>;
  if (health.kind === 'problem') {
    return <Chip tone={health.tone}>{t(`devices.problems.${health.problem}`, { code: health.code })}</Chip>;
  }
  const chip = <Chip tone={health.tone}>{t(`devices.${health.kind}`)}</Chip>;
  if (health.kind !== 'silent' || device.lastSeenMs === null) return chip;
  return (
    <Tooltip
      multiline
      w={260}
      label={t('devices.silentText', { ago: relative(device.lastSeenMs, nowMs, i18n.language) })}
    >
      <span tabIndex={0}>{chip}</span>
    </Tooltip>
  );
}

function Unsent({ device, nowMs }: { device: Device; nowMs: number }) {
  const { t, i18n } = useTranslation();
  if (device.unsent === 0 || device.oldestUnsentAtMs === null) return device.unsent;
  return (
    <>
      {device.unsent}
      <div className="soft nowrap">
        {t('devices.unsentSince', { ago: relative(device.oldestUnsentAtMs, nowMs, i18n.language) })}
      </div>
    </>
  );
}

/** The offset is the server's clock minus the tablet's: positive means the tablet is behind. */
function ClockWord({ offsetMs }: { offsetMs: number | null }) {
  const { t } = useTranslation();
  const duration = useDuration();
  if (offsetMs === null) return t('shell.noValue');
  if (Math.abs(offsetMs) < CLOCK_NOTABLE_MS) return t('devices.clockRight');
  const minutes = Math.max(1, Math.round(Math.abs(offsetMs) / 60_000));
  return (
    <span className={styles.notable}>
      {t(offsetMs > 0 ? 'devices.clockBehind' : 'devices.clockAhead', { duration: duration(minutes) })}
    </span>
  );
}

function CameraWord({ device }: { device: Device }) {
  const { t } = useTranslation();
  if (device.cameraPin !== null) {
    const isOther = device.camera !== null && device.camera !== device.cameraPin;
    return (
      <>
        <span className={styles.camera}>{t('devices.cameraPinned', { camera: device.cameraPin })}</span>
        {isOther && (
          <span className={styles.wrong}>{t('devices.cameraShows', { camera: device.camera })}</span>
        )}
      </>
    );
  }
  if (device.camera === null) return t('devices.cameraNone');
  return (
    <span className={styles.camera}>
      {device.camera} · {t('devices.cameraAny')}
    </span>
  );
}

function Actions({ device, onRevoke }: DeviceRowProps) {
  const { t } = useTranslation();
  const can = useCan();
  const update = useChange('updateDevice', ['devices']);
  if (!can('devices.manage') || device.state !== 'active') return null;
  const pin = (cameraPin: string | null) => {
    update.mutate({ params: { id: device.id }, body: { cameraPin } });
  };
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon
          data-row
          variant="subtle"
          color="gray"
          aria-label={t('devices.actionsOf', { name: device.name })}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {device.camera !== null && device.camera !== device.cameraPin && (
          <Menu.Item
            onClick={() => {
              pin(device.camera);
            }}
          >
            {t('devices.pinCurrent')}
          </Menu.Item>
        )}
        {device.cameraPin !== null && (
          <Menu.Item
            onClick={() => {
              pin(null);
            }}
          >
            {t('devices.unpin')}
          </Menu.Item>
        )}
        <Menu.Item
          color="red"
          onClick={() => {
            onRevoke(device);
          }}
        >
          {t('devices.revoke')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
