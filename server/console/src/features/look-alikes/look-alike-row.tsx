// One pair: who, how alike in words, when it was found, and what HR can say about it.
import type { LookAlike } from '@hazri/shared/protocol/console-types';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { useChange } from '../../lib/queries.js';
import { useSession } from '../../lib/session.js';
import { Chip, type Tone } from '../../ui/chip.js';
import { Cell, Row } from '../../ui/grid.js';
import { DayClock } from '../../ui/moment.js';
import { Refusal } from '../../ui/notice.js';
import styles from './look-alikes.module.css';

const TONES: Readonly<Record<LookAlike['state'], Tone>> = {
  open: 'wait',
  blocked: 'bad',
  confirmed: 'plain',
  dismissed: 'in',
};

interface LookAlikeRowProps {
  readonly pair: LookAlike;
  readonly onDismiss: (pair: LookAlike) => void;
}

export function LookAlikeRow({ pair, onDismiss }: LookAlikeRowProps) {
  const { t } = useTranslation();
  const { company } = useSession();
  return (
    <Row>
      <Cell>
        <div className={styles.people}>
          {pair.people.map((person, index) => (
            <Link
              key={person.id}
              className="quiet-link"
              to={`/people/${person.id}`}
              {...(index === 0 && { 'data-row': true })}
            >
              <strong>{person.name}</strong> <span className="soft nowrap">{person.code}</span>
            </Link>
          ))}
        </div>
      </Cell>
      <Cell>
        <div className={styles.kind}>{t(`lookAlikes.${pair.likeness}.name`)}</div>
        <div className={styles.means}>{t(`lookAlikes.${pair.likeness}.means`)}</div>
        <Chip tone={TONES[pair.state]}>{t(`lookAlikes.states.${pair.state}`)}</Chip>
      </Cell>
      <Cell wideOnly>
        <DayClock ms={pair.createdAtMs} zone={company.zone} />
        <div className="soft">{t(`lookAlikes.foundBy.${pair.found}`)}</div>
      </Cell>
      <Cell align="end">
        <Actions pair={pair} onDismiss={onDismiss} />
      </Cell>
    </Row>
  );
}

function Actions({ pair, onDismiss }: LookAlikeRowProps) {
  const { t } = useTranslation();
  const decide = useChange('decideLookAlike', ['lookAlikes']);
  if (pair.state === 'blocked')
    return (
      <Link className="quiet-link" to="/exceptions">
        {t('lookAlikes.toExceptions')}
      </Link>
    );
  return (
    <>
      <div className={styles.actions}>
        {pair.state !== 'confirmed' && (
          <Button
            variant="default"
            loading={decide.isPending}
            onClick={() => {
              decide.mutate({ params: { id: pair.id }, body: { decision: 'confirm' } });
            }}
          >
            {t('lookAlikes.confirm')}
          </Button>
        )}
        {pair.state !== 'dismissed' && pair.likeness === 'near' && (
          <Button
            variant="default"
            onClick={() => {
              onDismiss(pair);
            }}
          >
            {t('lookAlikes.dismiss')}
          </Button>
        )}
      </div>
      <Refusal error={decide.error} />
    </>
  );
}
