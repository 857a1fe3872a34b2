// Every punch, narrowed by filters that live in the address, so that a view can be sent to a colleague.
import { Button, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../lib/api.js';
import { usePages } from '../../lib/queries.js';
import { useCan } from '../../lib/session.js';
import { Grid, GridSkeleton, type Column } from '../../ui/grid.js';
import { IconDownload } from '../../ui/icons.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { Blank, Shown } from '../../ui/states.js';
import { usePunchFilter } from './filter.js';
import { FilterBar } from './filter-bar.js';
import { PunchRow } from './punch-row.js';

export function PunchesPage() {
  const { t } = useTranslation();
  const can = useCan();
  const { filter, isFiltered, set, clear } = usePunchFilter();
  const query = usePages('punches', { ...filter, limit: 50 });
  const columns: Column[] = [
    { key: 'time', label: t('punches.time'), width: 150 },
    { key: 'person', label: t('punches.person') },
    { key: 'direction', label: t('punches.direction'), width: 100 },
    { key: 'how', label: t('punches.how'), width: 100, wideOnly: true },
    { key: 'where', label: t('punches.where'), width: 160, wideOnly: true },
    { key: 'notes', label: t('punches.notes'), wideOnly: true },
  ];
  return (
    <Page
      title={t('shell.places.punches')}
      meta={<span>{t('punches.text')}</span>}
      actions={
        can('punches.export') && (
          <Tooltip label={t('punches.exportHint', { count: query.total })}>
            <Button
              component="a"
              href={addressOf('punchesCsv', {}, filter)}
              download
              leftSection={<IconDownload size={15} />}
            >
              {t('punches.export')}
            </Button>
          </Tooltip>
        )
      }
    >
      <FilterBar filter={filter} set={set} {...(isFiltered ? { onClear: clear } : {})} />
      <Shown query={query} skeleton={<GridSkeleton label={t('shell.loading')} columns={columns} rows={12} />}>
        {query.items.length === 0 ? (
          <Blank
            title={isFiltered ? t('punches.noMatchTitle') : t('punches.emptyTitle')}
            action={
              isFiltered && (
                <Button variant="default" onClick={clear}>
                  {t('punches.clearFilters')}
                </Button>
              )
            }
          >
            {isFiltered ? t('punches.noMatchText') : t('punches.emptyText')}
          </Blank>
        ) : (
          <>
            <Grid label={t('shell.places.punches')} columns={columns} busy={query.isPlaceholderData}>
              {query.items.map((punch) => (
                <PunchRow key={punch.id} punch={punch} />
              ))}
            </Grid>
            <More {...query} shown={query.items.length} onMore={() => void query.fetchNextPage()} />
          </>
        )}
      </Shown>
    </Page>
  );
}
