// The PIN: issued, shown once, printed as a slip; never readable afterwards.
import type { PersonDetail } from '@hazri/shared/protocol/console-types';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../lib/queries.js';
import { useCan, useSession } from '../../lib/session.js';
import { IconPrint } from '../../ui/icons.js';
import { Notice, Refusal } from '../../ui/notice.js';
import { Copy } from '../../ui/secret.js';
import styles from './person.module.css';
import { Dialog } from '../../ui/dialog.js';

export function PinBlock({ person }: { person: PersonDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const [isOpen, setOpen] = useState(false);
  const mayIssue = can('enrolment.manage') && person.left === null;
  return (
    <div className={styles.block}>
      <div className={styles.blockHead}>{t('person.pin')}</div>
      <p className={styles.blockText}>{person.hasPin ? t('person.pinSet') : t('person.pinNone')}</p>
      {mayIssue && (
        <div className={styles.blockActions}>
          <Button
            variant="default"
            onClick={() => {
              setOpen(true);
            }}
          >
            {person.hasPin ? t('person.replacePin') : t('person.issuePin')}
          </Button>
        </div>
      )}
      <PinDialog
        person={person}
        opened={isOpen}
        onClose={() => {
          setOpen(false);
        }}
      />
    </div>
  );
}

interface PinDialogProps {
  readonly person: PersonDetail;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function PinDialog({ person, opened, onClose }: PinDialogProps) {
  const { t } = useTranslation();
  const issue = useChange('issuePin', ['person', 'people']);
  const pin = issue.data?.pin;
  const close = () => {
    issue.reset();
    onClose();
  };
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={t('person.pinTitle', { name: person.name })}
      closeOnClickOutside={pin === undefined}
    >
      {pin === undefined ? (
        <div className={styles.form}>
          <p className={styles.blockText}>{t('person.pinIssueText')}</p>
          {person.hasPin && <Notice tone="wait">{t('person.pinReplaces')}</Notice>}
          <Refusal error={issue.error} />
          <div className={styles.actions}>
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button
              data-autofocus
              loading={issue.isPending}
              onClick={() => {
                issue.mutate({ params: { id: person.id } });
              }}
            >
              {person.hasPin ? t('person.replacePin') : t('person.issuePin')}
            </Button>
          </div>
        </div>
      ) : (
        <div className={styles.form}>
          <PinSlip person={person} pin={pin} />
          <Notice tone="wait">{t('person.pinOnce')}</Notice>
          <div className={styles.actions}>
            <Copy value={pin} label={t('person.pin')} />
            <Button
              variant="default"
              leftSection={<IconPrint size={15} />}
              onClick={() => {
                window.print();
              }}
            >
              {t('shell.print')}
            </Button>
            <Button onClick={close}>{t('shell.done')}</Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function PinSlip({ person, pin }: { person: PersonDetail; pin: string }) {
  const { t } = useTranslation();
  const { company } = useSession();
  return (
    <div className={`print-slip ${styles.slip ?? ''}`}>
      <div className="soft">
        {company.name} · {person.name}
      </div>
      <output className={styles.slipPin} aria-label={t('person.pin')} data-testid="issued-pin">
        {pin}
      </output>
      <div>{t('person.pinSlip', { code: person.code })}</div>
    </div>
  );
}
