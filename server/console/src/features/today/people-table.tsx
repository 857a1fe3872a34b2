// Everyone expected today, those who need a look first; each number leads to the punches behind it.
import type { Today, TodayRow } from '@hazri/shared/protocol/console-types';
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router-dom';
import { useLive } from '../../lib/live.js';
import { useCan } from '../../lib/session.js';
import { Chip, type Tone } from '../../ui/chip.js';
import { Filters, Search } from '../../ui/filters.js';
import { Cell, Grid, Row, type Column } from '../../ui/grid.js';
import { Clock, useDuration } from '../../ui/moment.js';
import { Blank } from '../../ui/states.js';
import { Term } from '../../ui/term.js';
import type { StateFilter } from './counts.js';
import { useState } from 'react';

const STATE: Readonly<Record<TodayRow['state'], { tone: Tone; word: 'in' | 'out' | 'notYet' }>> = {
  in: { tone: 'in', word: 'in' },
  out: { tone: 'out', word: 'out' },
  'not-yet': { tone: 'wait', word: 'notYet' },
};

export function useTodayColumns(): Column[] {
  const { t } = useTranslation();
  return [
    { key: 'name', label: t('today.name') },
    { key: 'department', label: t('people.department'), wideOnly: true },
    { key: 'state', label: t('today.state'), width: 120 },
    { key: 'first', label: t('today.firstIn'), align: 'end', width: 100, wideOnly: true },
    { key: 'last', label: t('today.lastPunch'), align: 'end', width: 110, wideOnly: true },
    {
      key: 'worked',
      label: <Term word={t('today.worked')} meaning={t('today.workedMeaning')} />,
      align: 'end',
      width: 120,
    },
  ];
}

export function PeopleTable({ day, filter }: { day: Today; filter: StateFilter | null }) {
  const { t } = useTranslation();
  const can = useCan();
  const columns = useTodayColumns();
  const [search, setSearch] = useState('');
  const [, setQuery] = useSearchParams();
  const wanted = search.trim().toLocaleLowerCase();
  const rows = day.rows.filter(
    (row) =>
      (filter === null || row.state === filter) &&
      (wanted === '' ||
        row.name.toLocaleLowerCase().includes(wanted) ||
        row.code.toLocaleLowerCase().includes(wanted)),
  );
  if (day.rows.length === 0) {
    return (
      <Blank
        title={t('today.noPeopleTitle')}
        action={
          can('people.manage') && (
            <Button component={Link} to="/people?add=1">
              {t('people.add')}
            </Button>
          )
        }
      >
        {t('today.noPeopleText')}
      </Blank>
    );
  }
  return (
    <div>
      <Filters>
        <Search label={t('people.search')} value={search} onChange={setSearch} />
        <span className="soft numbers">
          {t('shell.shownOf', { shown: rows.length, total: day.rows.length })}
        </span>
        {filter !== null && (
          <Button
            variant="subtle"
            onClick={() => {
              setQuery((old) => {
                const next = new URLSearchParams(old);
                next.delete('state');
                return next;
              });
            }}
          >
            {t('today.showAll')}
          </Button>
        )}
      </Filters>
      {rows.length === 0 ? (
        <Blank title={t('today.noMatchTitle')}>{t('today.noMatchText')}</Blank>
      ) : (
        <Grid label={t('today.people')} columns={columns}>
          {rows.map((row) => (
            <PersonRow key={row.personId} row={row} day={day} />
          ))}
        </Grid>
      )}
    </div>
  );
}

function PersonRow({ row, day }: { row: TodayRow; day: Today }) {
  const { t } = useTranslation();
  const { freshPeople } = useLive();
  const duration = useDuration();
  const { tone, word } = STATE[row.state];
  const punches = `/punches?personId=${row.personId}&from=${day.date}&to=${day.date}`;
  return (
    <Row fresh={freshPeople.has(row.personId)}>
      <Cell>
        <Link data-row className="quiet-link" to={`/people/${row.personId}`}>
          <strong>{row.name}</strong>
        </Link>{' '}
        <span className="soft nowrap">{row.code}</span>
      </Cell>
      <Cell wideOnly>{row.department ?? ''}</Cell>
      <Cell>
        <Chip tone={tone}>{t(`today.${word}`)}</Chip>
      </Cell>
      <Cell align="end" wideOnly>
        {row.firstInMs !== null && (
          <Link className="quiet-link" to={punches}>
            <Clock ms={row.firstInMs} zone={day.zone} />
          </Link>
        )}
      </Cell>
      <Cell align="end" wideOnly>
        {row.lastPunchMs !== null && (
          <Link className="quiet-link" to={punches}>
            <Clock ms={row.lastPunchMs} zone={day.zone} />
          </Link>
        )}
      </Cell>
      <Cell align="end">
        {row.firstInMs === null ? (
          <span className="soft">{t('shell.noValue')}</span>
        ) : (
          <Link className="quiet-link nowrap" to={punches}>
            {duration(row.workedMin)}
          </Link>
        )}
      </Cell>
    </Row>
  );
}
