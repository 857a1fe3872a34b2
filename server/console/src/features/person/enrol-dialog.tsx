// Chooses the tablet at which the person stands.
import type { PersonDetail } from '@hazri/shared/protocol/console-types';
import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../lib/now.js';
import { useAnswer, useChange } from '../../lib/queries.js';
import { relative } from '../../lib/time.js';
import { Notice, Refusal } from '../../ui/notice.js';
import styles from './person.module.css';
import { Dialog } from '../../ui/dialog.js';

interface EnrolDialogProps {
  readonly person: PersonDetail;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function EnrolDialog({ person, opened, onClose }: EnrolDialogProps) {
  const { t, i18n } = useTranslation();
  const nowMs = useNow();
  const devices = useAnswer('devices', {}, { enabled: opened });
  const start = useChange('startEnrolment', ['person', 'people']);
  const active = devices.data?.items.filter((device) => device.state === 'active') ?? [];
  const [picked, setPicked] = useState<string | null>(null);
  const ownSite = active.find((device) => device.siteId === person.siteId) ?? active[0];
  const deviceId = picked ?? ownSite?.id ?? null;
  return (
    <Dialog opened={opened} onClose={onClose} title={t('person.enrolTitle', { name: person.name })}>
      <div className={styles.form}>
        <p className={styles.blockText}>{t('person.enrolText')}</p>
        {devices.isSuccess && active.length === 0 && <Notice tone="wait">{t('person.noTablets')}</Notice>}
        <Radio.Group
          label={t('person.chooseTablet')}
          value={deviceId}
          onChange={(value) => {
            setPicked(value);
          }}
        >
          <div className={styles.form} style={{ gap: 8, marginTop: 6 }}>
            {active.map((device) => (
              <Radio
                key={device.id}
                value={device.id}
                label={device.name}
                description={[
                  device.siteName,
                  device.lastSeenMs === null
                    ? null
                    : t('person.tabletQuiet', { ago: relative(device.lastSeenMs, nowMs, i18n.language) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              />
            ))}
          </div>
        </Radio.Group>
        <Refusal error={start.error} />
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {t('shell.cancel')}
          </Button>
          <Button
            disabled={deviceId === null}
            loading={start.isPending}
            onClick={() => {
              if (deviceId === null) return;
              start.mutate({ params: { id: person.id }, body: { deviceId } }, { onSuccess: onClose });
            }}
          >
            {t('person.startEnrolment')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
