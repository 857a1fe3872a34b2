// Who is in, who is out, who has not come: the page HR opens in the morning and leaves open.
import type { Today } from '@hazri/shared/protocol/console-types';
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router-dom';
import { useAnswer } from '../../lib/queries.js';
import { useCan } from '../../lib/session.js';
import { longDate } from '../../lib/time.js';
import { IconArrowRight } from '../../ui/icons.js';
import { Page } from '../../ui/page.js';
import { Shown } from '../../ui/states.js';
import { Arrivals } from './arrivals.js';
import { Counts, type StateFilter, isStateFilter } from './counts.js';
import { PeopleTable } from './people-table.js';
import { Recent } from './recent.js';
import { TodaySkeleton } from './today-skeleton.js';
import styles from './today.module.css';

export function TodayPage() {
  const { t, i18n } = useTranslation();
  const [search] = useSearchParams();
  const siteId = search.get('site') ?? undefined;
  const state = search.get('state');
  const query = useAnswer('today', { query: { siteId } });
  const day = query.data;
  return (
    <Page
      title={t('shell.places.today')}
      meta={
        day && (
          <span>{`${longDate(day.date, i18n.language)} · ${t('today.zoneNote', { zone: day.zone })}`}</span>
        )
      }
      actions={
        <>
          <SitePicker />
          {day && (
            <Link className={styles.allPunches} to={`/punches?from=${day.date}&to=${day.date}`}>
              {t('today.export')}
              <IconArrowRight size={14} aria-hidden="true" />
            </Link>
          )}
        </>
      }
    >
      <Shown query={query} skeleton={<TodaySkeleton />}>
        {day && <Day day={day} filter={isStateFilter(state) ? state : null} />}
      </Shown>
    </Page>
  );
}

function Day({ day, filter }: { day: Today; filter: StateFilter | null }) {
  return (
    <div className={styles.day}>
      <Counts counts={day.counts} filter={filter} />
      <div className={styles.pictures}>
        <Arrivals day={day} />
        <Recent day={day} />
      </div>
      <PeopleTable day={day} filter={filter} />
    </div>
  );
}

function SitePicker() {
  const { t } = useTranslation();
  const can = useCan();
  const [search, setSearch] = useSearchParams();
  const sites = useAnswer('sites', {}, { enabled: can('company.read') });
  const items = sites.data?.items ?? [];
  if (items.length < 2) return null;
  return (
    <Select
      aria-label={t('today.site')}
      w={190}
      data={[
        { value: '', label: t('today.allSites') },
        ...items.map((site) => ({ value: site.id, label: site.name })),
      ]}
      value={search.get('site') ?? ''}
      allowDeselect={false}
      onChange={(value) => {
        setSearch((old) => {
          const next = new URLSearchParams(old);
          if (value) next.set('site', value);
          else next.delete('site');
          return next;
        });
      }}
    />
  );
}
