// One exception: what it is in HR's words, what it means, who, where, when.
import type { AttendanceException } from '@hazri/shared/protocol/console-types';
import { Button, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { useCan, useSession } from '../../lib/session.js';
import { localDateOf } from '../../lib/time.js';
import { Cell, Row } from '../../ui/grid.js';
import { DayClock } from '../../ui/moment.js';
import styles from './exceptions.module.css';

interface ExceptionRowProps {
  readonly item: AttendanceException;
  readonly onResolve: (item: AttendanceException) => void;
}

export function ExceptionRow({ item, onResolve }: ExceptionRowProps) {
  const { t } = useTranslation();
  const can = useCan();
  const { company } = useSession();
  const date = localDateOf(item.atMs, company.zone);
  const isOpen = item.state === 'open';
  const canResolve = isOpen && can('exceptions.manage');
  return (
    <Row>
      <Cell>
        <div className={styles.kind}>{t(`exceptions.kinds.${item.kind}.name`)}</div>
        <div className={styles.means}>{t(`exceptions.kinds.${item.kind}.means`)}</div>
      </Cell>
      <Cell>
        {item.personId === null ? (
          <span className="soft">{item.personName ?? t('exceptions.unknownPerson')}</span>
        ) : (
          <Tooltip label={t('exceptions.seePunches')}>
            <Link
              className="quiet-link"
              {...(canResolve ? {} : { 'data-row': true })}
              to={`/punches?personId=${item.personId}&from=${date}&to=${date}`}
            >
              <strong>{item.personName}</strong>
            </Link>
          </Tooltip>
        )}
        {item.otherPersonId !== null && (
          <div className={styles.other}>
            <Link className="quiet-link" to={`/people/${item.otherPersonId}`}>
              {t('exceptions.and', { name: item.otherPersonName ?? '' })}
            </Link>
          </div>
        )}
      </Cell>
      <Cell wideOnly>{item.deviceName ?? t('shell.noValue')}</Cell>
      <Cell wideOnly>
        <DayClock ms={item.atMs} zone={company.zone} />
      </Cell>
      {isOpen ? (
        <Cell align="end">
          {canResolve && (
            <Button
              variant="default"
              data-row
              onClick={() => {
                onResolve(item);
              }}
            >
              {t('exceptions.resolve')}
            </Button>
          )}
        </Cell>
      ) : (
        <Cell>{item.note}</Cell>
      )}
    </Row>
  );
}
