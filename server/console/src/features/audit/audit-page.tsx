// The audit log: who did what, when and from where. Only reads.
import type { AuditEntry } from '@hazri/shared/protocol/console-types';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { usePages } from '../../lib/queries.js';
import { useSession } from '../../lib/session.js';
import { Filters, Search } from '../../ui/filters.js';
import { Cell, Grid, GridSkeleton, Row, type Column } from '../../ui/grid.js';
import { DayClock } from '../../ui/moment.js';
import { More } from '../../ui/more.js';
import { Page } from '../../ui/page.js';
import { Blank, Shown } from '../../ui/states.js';
import { useActionWord } from './action-words.js';

export function AuditPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const text = search.get('search') ?? '';
  const query = usePages('audit', { limit: 50, ...(text === '' ? {} : { search: text }) });
  const columns: Column[] = [
    { key: 'when', label: t('settings.when'), width: 140 },
    { key: 'actor', label: t('settings.actor'), width: 200 },
    { key: 'action', label: t('settings.action') },
    { key: 'subject', label: t('settings.subject'), width: 220, wideOnly: true },
    { key: 'address', label: t('settings.address'), width: 140, wideOnly: true },
  ];
  return (
    <Page title={t('shell.places.audit')} meta={<span>{t('settings.auditText')}</span>}>
      <Filters>
        <Search
          label={t('settings.auditSearch')}
          value={text}
          onChange={(value) => {
            setSearch(value === '' ? {} : { search: value }, { replace: true });
          }}
        />
      </Filters>
      <Shown query={query} skeleton={<GridSkeleton label={t('shell.loading')} columns={columns} rows={12} />}>
        {query.items.length === 0 ? (
          <Blank title={text === '' ? t('settings.auditEmptyTitle') : t('settings.auditNoMatch')}>
            {text === '' ? t('settings.auditEmptyText') : t('settings.auditNoMatchText')}
          </Blank>
        ) : (
          <>
            <Grid label={t('shell.places.audit')} columns={columns} busy={query.isPlaceholderData}>
              {query.items.map((entry) => (
                <AuditRow key={entry.id} entry={entry} />
              ))}
            </Grid>
            <More {...query} shown={query.items.length} onMore={() => void query.fetchNextPage()} />
          </>
        )}
      </Shown>
    </Page>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const { company } = useSession();
  const word = useActionWord();
  return (
    <Row>
      <Cell>
        <DayClock ms={entry.atMs} zone={company.zone} />
      </Cell>
      <Cell>
        {entry.actorName}{' '}
        {entry.actorKind !== 'user' && (
          <span className="soft">· {t(`settings.actorKinds.${entry.actorKind}`)}</span>
        )}
      </Cell>
      <Cell>
        <span data-row tabIndex={-1}>
          {word(entry.action)}
        </span>
      </Cell>
      <Cell wideOnly>{entry.subject}</Cell>
      <Cell wideOnly>
        <span className="mono soft">{entry.address}</span>
      </Cell>
    </Row>
  );
}
