// A person's month: as a calendar to see the pattern, as a list to read the times.
import type { Punch } from '@hazri/shared/protocol/console-types';
import { ActionIcon, SegmentedControl, Skeleton, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { usePages } from '../../lib/queries.js';
import { useSession } from '../../lib/session.js';
import { localDateOf, monthGrid, monthName, shiftMonth } from '../../lib/time.js';
import { IconBack, IconNext } from '../../ui/icons.js';
import { Section } from '../../ui/page.js';
import { Blank, Shown } from '../../ui/states.js';
import { MonthCalendar } from './month-calendar.js';
import { MonthList } from './month-list.js';
import styles from './person.module.css';

/** More than a person punches in a month, with breaks. */
const MONTH_LIMIT = 200;

export function PersonPunches({ personId }: { personId: string }) {
  const { t, i18n } = useTranslation();
  const { company } = useSession();
  const [month, setMonth] = useState(() => localDateOf(Date.now(), company.zone).slice(0, 7));
  const [view, setView] = useState('calendar');
  const { dates } = monthGrid(month);
  const query = usePages('punches', { personId, from: dates[0], to: dates.at(-1), limit: MONTH_LIMIT });
  const name = monthName(month, i18n.language);
  return (
    <Section title={t('person.punches')} aside={<MonthBar month={month} onChange={setMonth} />}>
      <div className={styles.form}>
        <SegmentedControl
          style={{ alignSelf: 'flex-start' }}
          aria-label={t('today.show')}
          data={[
            { value: 'calendar', label: t('person.calendar') },
            { value: 'list', label: t('person.list') },
          ]}
          value={view}
          onChange={setView}
        />
        <Shown query={query} skeleton={<Skeleton height={360} radius={6} />}>
          {view === 'calendar' ? (
            <MonthCalendar month={month} punches={query.items} personId={personId} />
          ) : query.items.length === 0 ? (
            <Blank title={t('person.noPunchesTitle', { month: name })}>{t('person.noPunchesText')}</Blank>
          ) : (
            <MonthList punches={query.items} />
          )}
          <MonthFoot
            punches={query.items}
            personId={personId}
            from={dates[0] ?? ''}
            to={dates.at(-1) ?? ''}
          />
        </Shown>
      </div>
    </Section>
  );
}

function MonthBar({ month, onChange }: { month: string; onChange: (month: string) => void }) {
  const { t, i18n } = useTranslation();
  return (
    <div className={styles.monthBar}>
      <Tooltip label={t('person.previousMonth')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('person.previousMonth')}
          onClick={() => {
            onChange(shiftMonth(month, -1));
          }}
        >
          <IconBack size={16} />
        </ActionIcon>
      </Tooltip>
      <span className={styles.monthName} aria-live="polite">
        {monthName(month, i18n.language)}
      </span>
      <Tooltip label={t('person.nextMonth')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('person.nextMonth')}
          onClick={() => {
            onChange(shiftMonth(month, 1));
          }}
        >
          <IconNext size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

interface MonthFootProps {
  readonly punches: readonly Punch[];
  readonly personId: string;
  readonly from: string;
  readonly to: string;
}

function MonthFoot({ punches, personId, from, to }: MonthFootProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.legend}>
      <Link className="quiet-link numbers" to={`/punches?personId=${personId}&from=${from}&to=${to}`}>
        {t('person.monthCount', { count: punches.length })}
      </Link>
      <Link className="quiet-link" to={`/punches?personId=${personId}`}>
        {t('person.allPunches')}
      </Link>
    </div>
  );
}
