// Enrolment of the face: not yet, waiting at a tablet (live), done, withdrawn.
import type { PersonDetail } from '@hazri/shared/protocol/console-types';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { useNow } from '../../lib/now.js';
import { useChange } from '../../lib/queries.js';
import { useCan, useSession } from '../../lib/session.js';
import { countdown, localDateOf, mediumDate } from '../../lib/time.js';
import { EnrolmentChip } from '../../ui/enrolment-chip.js';
import { Notice, Refusal } from '../../ui/notice.js';
import { EnrolDialog } from './enrol-dialog.js';
import { TemplateList } from './template-list.js';
import styles from './person.module.css';

export function FaceBlock({ person }: { person: PersonDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const { company, rootKeySaved } = useSession();
  const [isChoosing, choosing] = useDisclosure(false);
  const isBlocked = !rootKeySaved && !company.isDemo;
  const mayEnrol = can('enrolment.manage') && person.left === null && person.ticket === null;
  return (
    <div className={styles.block}>
      <div className={styles.blockHead}>
        {t('person.face')}
        <EnrolmentChip enrolment={person.enrolment} />
      </div>
      {person.ticket !== null ? (
        <Waiting person={person} ticket={person.ticket} />
      ) : (
        <FaceText person={person} />
      )}
      {person.templates.length > 0 && <TemplateList templates={person.templates} />}
      {mayEnrol && isBlocked && <RootKeyFirst />}
      {mayEnrol && !isBlocked && (
        <div className={styles.blockActions}>
          <Button variant={person.enrolment === 'none' ? 'filled' : 'default'} onClick={choosing.open}>
            {person.enrolment === 'none' ? t('person.enrol') : t('person.enrolAgain')}
          </Button>
        </div>
      )}
      <EnrolDialog person={person} opened={isChoosing} onClose={choosing.close} />
    </div>
  );
}

function FaceText({ person }: { person: PersonDetail }) {
  const { t, i18n } = useTranslation();
  const { company } = useSession();
  const newestMs = Math.max(0, ...person.templates.map((template) => template.createdAtMs));
  const text =
    person.templates.length > 0
      ? t('person.enrolledText', {
          count: person.templates.length,
          date: mediumDate(localDateOf(newestMs, company.zone), i18n.language),
        })
      : person.enrolment === 'withdrawn'
        ? t('person.withdrawnText')
        : person.enrolment === 'destroyed'
          ? t('person.destroyedText')
          : t('person.noneText');
  return <p className={styles.blockText}>{text}</p>;
}

interface WaitingProps {
  readonly person: PersonDetail;
  readonly ticket: NonNullable<PersonDetail['ticket']>;
}

function Waiting({ person, ticket }: WaitingProps) {
  const { t } = useTranslation();
  const can = useCan();
  const nowMs = useNow(1_000);
  const cancel = useChange('cancelEnrolment', ['person', 'people']);
  const leftMs = ticket.expiresAtMs - nowMs;
  return (
    <>
      <div className={styles.waiting} role="status">
        <span className={styles.pulse} aria-hidden="true" />
        <div className={styles.waitingText}>
          <div className={styles.waitingTitle}>{t('person.waitingTitle', { device: ticket.deviceName })}</div>
          <div>{leftMs > 0 ? t('person.waitingText', { name: person.name }) : t('person.waitingOver')}</div>
        </div>
      </div>
      <Refusal error={cancel.error} />
      <div className={styles.blockActions}>
        {can('enrolment.manage') && (
          <Button
            variant="default"
            loading={cancel.isPending}
            onClick={() => {
              cancel.mutate({ params: { id: person.id } });
            }}
          >
            {t('person.cancelEnrolment')}
          </Button>
        )}
        {leftMs > 0 && (
          <span className="soft numbers">{t('person.waitingLeft', { left: countdown(leftMs) })}</span>
        )}
      </div>
    </>
  );
}

function RootKeyFirst() {
  const { t } = useTranslation();
  const can = useCan();
  return (
    <div className={styles.blockActions}>
      <Notice tone="wait">
        {t('person.rootKeyFirst')}{' '}
        {can('keys.manage') ? (
          <Link to="/settings/root-key">{t('person.toRootKey')}</Link>
        ) : (
          t('person.askOwner')
        )}
      </Notice>
    </div>
  );
}
