// Everyone of the company: find, add, import.
import type { Person } from '@hazri/shared/protocol/console-types';
import { Button, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router-dom';
import { usePages } from '../../lib/queries.js';
import { useCan } from '../../lib/session.js';
import { mediumDate } from '../../lib/time.js';
import { Filters, Search } from '../../ui/filters.js';
import { Cell, Grid, GridSkeleton, Row, type Column } from '../../ui/grid.js';
import { IconPlus, IconUpload } from '../../ui/icons.js';
import { More } from '../../ui/more.js';
import { Page, PrimaryAction } from '../../ui/page.js';
import { EnrolmentChip } from '../../ui/enrolment-chip.js';
import { Blank, Shown } from '../../ui/states.js';
import { AddPersonDrawer } from './add-person-drawer.js';
import { ImportDialog } from './import-dialog.js';

type StateFilter = 'employed' | 'left' | 'all';
const STATES: readonly StateFilter[] = ['employed', 'left', 'all'];

export function PeoplePage() {
  const { t } = useTranslation();
  const can = useCan();
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((value) => value === search.get('state')) ?? 'employed';
  const text = search.get('search') ?? '';
  const query = usePages('people', { state, limit: 50, ...(text === '' ? {} : { search: text }) });
  const set = (key: string, value: string | null) => {
    setSearch(
      (old) => {
        const next = new URLSearchParams(old);
        if (value === null || value === '') next.delete(key);
        else next.set(key, value);
        return next;
      },
      { replace: true },
    );
  };
  const columns = usePeopleColumns();
  const isFiltered = text !== '' || state !== 'employed';
  const addAndImport = can('people.manage') && (
    <>
      <Button
        variant="default"
        leftSection={<IconUpload size={15} />}
        onClick={() => {
          set('import', '1');
        }}
      >
        {t('people.import')}
      </Button>
      <PrimaryAction
        label={t('people.add')}
        icon={<IconPlus size={15} />}
        onClick={() => {
          set('add', '1');
        }}
      />
    </>
  );
  return (
    <Page title={t('shell.places.people')} actions={addAndImport}>
      <Filters>
        <Search
          label={t('people.search')}
          value={text}
          onChange={(value) => {
            set('search', value);
          }}
        />
        <SegmentedControl
          aria-label={t('today.show')}
          data={[
            { value: 'employed', label: t('people.employed') },
            { value: 'left', label: t('people.left') },
            { value: 'all', label: t('shell.all') },
          ]}
          value={state}
          onChange={(value) => {
            set('state', value === 'employed' ? null : value);
          }}
        />
      </Filters>
      <Shown query={query} skeleton={<GridSkeleton label={t('shell.loading')} columns={columns} />}>
        {query.items.length === 0 ? (
          <Blank title={isFiltered ? t('people.noMatchTitle') : t('people.emptyTitle')}>
            {isFiltered ? t('people.noMatchText') : t('people.emptyText')}
          </Blank>
        ) : (
          <>
            <Grid label={t('shell.places.people')} columns={columns} busy={query.isPlaceholderData}>
              {query.items.map((person) => (
                <PersonRow key={person.id} person={person} />
              ))}
            </Grid>
            <More {...query} shown={query.items.length} onMore={() => void query.fetchNextPage()} />
          </>
        )}
      </Shown>
      <AddPersonDrawer
        opened={search.get('add') !== null && can('people.manage')}
        onClose={() => {
          set('add', null);
        }}
      />
      <ImportDialog
        opened={search.get('import') !== null && can('people.manage')}
        onClose={() => {
          set('import', null);
        }}
      />
    </Page>
  );
}

function usePeopleColumns(): Column[] {
  const { t } = useTranslation();
  return [
    { key: 'name', label: t('people.name') },
    { key: 'code', label: t('people.code'), width: 130, wideOnly: true },
    { key: 'department', label: t('people.department'), wideOnly: true },
    { key: 'joined', label: t('people.joined'), width: 130, wideOnly: true },
    { key: 'pin', label: t('people.pin'), width: 110, wideOnly: true },
    { key: 'face', label: t('people.enrolment'), width: 170 },
  ];
}

function PersonRow({ person }: { person: Person }) {
  const { t, i18n } = useTranslation();
  return (
    <Row muted={person.left !== null}>
      <Cell>
        <Link data-row className="quiet-link" to={`/people/${person.id}`}>
          <strong>{person.name}</strong>
        </Link>
        {person.left !== null && (
          <span className="soft">
            {' '}
            · {t('people.leftOn', { date: mediumDate(person.left, i18n.language) })}
          </span>
        )}
      </Cell>
      <Cell wideOnly>{person.code}</Cell>
      <Cell wideOnly>{person.department}</Cell>
      <Cell wideOnly>
        <span className="nowrap">{mediumDate(person.joined, i18n.language)}</span>
      </Cell>
      <Cell wideOnly>
        <span className={person.hasPin ? undefined : 'soft'}>
          {person.hasPin ? t('people.hasPin') : t('people.noPin')}
        </span>
      </Cell>
      <Cell>
        <EnrolmentChip enrolment={person.enrolment} />
      </Cell>
    </Row>
  );
}
