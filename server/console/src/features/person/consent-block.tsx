// The consent as it was given, and withdrawing it, which is as easy as giving it.
import type { PersonDetail } from '@hazri/shared/protocol/console-types';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../lib/queries.js';
import { useCan, useSession } from '../../lib/session.js';
import { localDateOf, mediumDate } from '../../lib/time.js';
import { Consequence } from '../../ui/consequence.js';
import { Term } from '../../ui/term.js';
import styles from './person.module.css';

export function ConsentBlock({ person }: { person: PersonDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const [isAsking, asking] = useDisclosure(false);
  const mayWithdraw =
    can('enrolment.manage') && person.consent !== null && person.consent.withdrawnAtMs === null;
  return (
    <div className={styles.block}>
      <div className={styles.blockHead}>{t('person.consent')}</div>
      {person.consent === null ? (
        <p className={styles.blockText}>{t('person.consentNone')}</p>
      ) : (
        <ConsentText consent={person.consent} />
      )}
      {mayWithdraw && (
        <div className={styles.blockActions}>
          <Button variant="default" onClick={asking.open}>
            {t('person.withdraw')}
          </Button>
        </div>
      )}
      <WithdrawDialog person={person} opened={isAsking} onClose={asking.close} />
    </div>
  );
}

function ConsentText({ consent }: { consent: NonNullable<PersonDetail['consent']> }) {
  const { t, i18n } = useTranslation();
  const { company } = useSession();
  const date = (ms: number) => mediumDate(localDateOf(ms, company.zone), i18n.language);
  const given =
    consent.deviceName === null
      ? t('person.consentGivenConsole', { date: date(consent.givenAtMs) })
      : t('person.consentGiven', { date: date(consent.givenAtMs), device: consent.deviceName });
  return (
    <div className={styles.blockText}>
      <div>{given}</div>
      {consent.withdrawnAtMs !== null && (
        <div>{t('person.consentWithdrawn', { date: date(consent.withdrawnAtMs) })}</div>
      )}
      <div>
        {t('person.notice', {
          version: consent.noticeVersion,
          language: consent.locale === 'hi' ? 'हिन्दी' : 'English',
        })}
      </div>
      <div>
        <Term word={t('person.basisLabel')} meaning={t('person.basisMeaning')} />:{' '}
        {t(`person.basis.${consent.basis}`)}
      </div>
    </div>
  );
}

interface WithdrawDialogProps {
  readonly person: PersonDetail;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function WithdrawDialog({ person, opened, onClose }: WithdrawDialogProps) {
  const { t } = useTranslation();
  const withdraw = useChange('withdrawConsent', ['person', 'people']);
  return (
    <Consequence
      opened={opened}
      onClose={onClose}
      title={t('person.withdrawTitle', { name: person.name })}
      effects={[
        t('person.withdrawTemplates', { count: person.templates.length }),
        t('person.withdrawPunches'),
        person.hasPin ? t('person.withdrawPin') : t('person.withdrawNoPin'),
        t('person.withdrawUndo'),
      ]}
      confirm={t('person.withdraw')}
      busy={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => {
        withdraw.mutate({ params: { id: person.id } }, { onSuccess: onClose });
      }}
    />
  );
}
