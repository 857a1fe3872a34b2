// What needs a decision. A resolved one can be taken back for a few seconds, before it is written.
import type { AttendanceException } from '@hazri/shared/protocol/console-types';
import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { usePages } from '../../lib/queries.js';
import { Filters } from '../../ui/filters.js';
import { Grid, GridSkeleton, type Column } from '../../ui/grid.js';
import { IconCheck } from '../../ui/icons.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { Blank, Shown } from '../../ui/states.js';
import { ExceptionRow } from './exception-row.js';
import { ResolveDialog } from './resolve-dialog.js';
import { useHeldResolutions } from './held-resolutions.js';

export function ExceptionsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const state = search.get('state') === 'resolved' ? 'resolved' : 'open';
  const query = usePages('exceptions', { state, limit: 50 });
  const [chosen, setChosen] = useState<AttendanceException | null>(null);
  const held = useHeldResolutions();
  const items = query.items.filter((item) => !held.ids.has(item.id));
  const columns: Column[] = [
    { key: 'what', label: t('exceptions.what') },
    { key: 'who', label: t('exceptions.who'), width: 200 },
    { key: 'where', label: t('exceptions.where'), width: 150, wideOnly: true },
    { key: 'when', label: t('exceptions.when'), width: 130, wideOnly: true },
    {
      key: 'act',
      label:
        state === 'open' ? <VisuallyHidden>{t('shell.actions')}</VisuallyHidden> : t('exceptions.noteHead'),
      align: state === 'open' ? 'end' : undefined,
      width: 120,
    },
  ].map(({ align, ...column }) => (align === 'end' ? { ...column, align: 'end' as const } : column));
  return (
    <Page title={t('shell.places.exceptions')} meta={<span>{t('exceptions.text')}</span>}>
      <Filters>
        <SegmentedControl
          aria-label={t('today.show')}
          data={[
            { value: 'open', label: t('exceptions.open') },
            { value: 'resolved', label: t('exceptions.resolved') },
          ]}
          value={state}
          onChange={(value) => {
            setSearch(value === 'open' ? {} : { state: value });
          }}
        />
      </Filters>
      <Shown query={query} skeleton={<GridSkeleton label={t('shell.loading')} columns={columns} />}>
        {items.length === 0 ? (
          <Blank
            icon={<IconCheck size={22} stroke={1.5} />}
            title={state === 'open' ? t('exceptions.emptyTitle') : t('exceptions.emptyResolvedTitle')}
          >
            {state === 'open' ? t('exceptions.emptyText') : t('exceptions.emptyResolvedText')}
          </Blank>
        ) : (
          <>
            <Grid label={t('shell.places.exceptions')} columns={columns} busy={query.isPlaceholderData}>
              {items.map((item) => (
                <ExceptionRow key={item.id} item={item} onResolve={setChosen} />
              ))}
            </Grid>
            <More
              {...query}
              shown={items.length}
              total={query.total - held.ids.size}
              onMore={() => void query.fetchNextPage()}
            />
          </>
        )}
      </Shown>
      <ResolveDialog
        item={chosen}
        onClose={() => {
          setChosen(null);
        }}
        onResolve={(item, resolution) => {
          held.hold(item, resolution);
          setChosen(null);
        }}
      />
    </Page>
  );
}
