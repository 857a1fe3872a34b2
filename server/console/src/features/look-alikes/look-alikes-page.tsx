// People whose faces a machine may mistake for each other: what HR says about each pair, and the comparison that finds them.
import type { LookAlike } from '@hazri/shared/protocol/console-types';
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
import { CheckCard } from './check-card.js';
import { DismissDialog } from './dismiss-dialog.js';
import { LookAlikeRow } from './look-alike-row.js';

const STATES = ['open', 'confirmed', 'dismissed'] as const;

export function LookAlikesPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((value) => value === search.get('state')) ?? 'open';
  const query = usePages('lookAlikes', { state, limit: 50 });
  const [dismissing, setDismissing] = useState<LookAlike | null>(null);
  const columns: Column[] = [
    { key: 'who', label: t('lookAlikes.who') },
    { key: 'likeness', label: t('lookAlikes.likeness') },
    { key: 'found', label: t('lookAlikes.found'), width: 200, wideOnly: true },
    {
      key: 'act',
      label: <VisuallyHidden>{t('shell.actions')}</VisuallyHidden>,
      align: 'end',
      width: 340,
    },
  ];
  return (
    <Page title={t('shell.places.lookAlikes')} meta={<span>{t('lookAlikes.text')}</span>}>
      <CheckCard />
      <Filters>
        <SegmentedControl
          aria-label={t('today.show')}
          data={[
            { value: 'open', label: t('lookAlikes.toDecide') },
            { value: 'confirmed', label: t('lookAlikes.confirmed') },
            { value: 'dismissed', label: t('lookAlikes.dismissed') },
          ]}
          value={state}
          onChange={(value) => {
            setSearch(value === 'open' ? {} : { state: value });
          }}
        />
      </Filters>
      <Shown query={query} skeleton={<GridSkeleton label={t('shell.loading')} columns={columns} rows={4} />}>
        {query.items.length === 0 ? (
          <Blank
            icon={<IconCheck size={22} stroke={1.5} />}
            title={state === 'open' ? t('lookAlikes.emptyTitle') : t('lookAlikes.emptyOtherTitle')}
          >
            {state === 'open' ? t('lookAlikes.emptyText') : t('lookAlikes.emptyOtherText')}
          </Blank>
        ) : (
          <>
            <Grid label={t('shell.places.lookAlikes')} columns={columns} busy={query.isPlaceholderData}>
              {query.items.map((pair) => (
                <LookAlikeRow key={pair.id} pair={pair} onDismiss={setDismissing} />
              ))}
            </Grid>
            <More {...query} shown={query.items.length} onMore={() => void query.fetchNextPage()} />
          </>
        )}
      </Shown>
      <DismissDialog
        pair={dismissing}
        onClose={() => {
          setDismissing(null);
        }}
      />
    </Page>
  );
}
