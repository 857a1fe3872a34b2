// Punches as a filtered list, page by page, and as a file for spreadsheets.
import type { Punch as PunchView } from '@hazri/shared/protocol/console-types';
import type { Direction } from '@hazri/shared/protocol/primitives';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { CompanyDirectory } from '../tenants/public.js';
import { localDateAndTime, localDay } from './local-day.js';
import { PAGE_LIMIT, type RowPosition, cursorAfter, positionOf } from '../../platform/http/page-cursor.js';
import type { NamedRows } from './punch-view.js';
import type { PunchFilter, PunchStore } from './punch.js';
import { csvRow } from './csv.js';
import type { TeamScope } from './team-scope.js';

export interface PunchQuestion {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly personId?: string | undefined;
  readonly deviceId?: string | undefined;
  readonly direction?: Direction | undefined;
}

export interface ListPunchesDeps {
  readonly unitOfWork: UnitOfWork;
  readonly punches: PunchStore;
  readonly names: NamedRows;
  readonly scope: TeamScope;
  readonly companies: CompanyDirectory;
  readonly audit: AuditTrail;
}

const EXPORT_CHUNK_ROWS = 1000;
const BYTE_ORDER_MARK = '\uFEFF';
const COLUMNS = [
  'date',
  'time',
  'time zone',
  'code',
  'name',
  'direction',
  'method',
  'site',
  'device',
  'time quality',
  'received (UTC)',
  'undone (UTC)',
];

export class ListPunches {
  constructor(private readonly deps: ListPunchesDeps) {}

  page(
    by: UserRequest,
    question: PunchQuestion & { readonly cursor?: string | undefined; readonly limit?: number | undefined },
  ): Promise<{ items: PunchView[]; nextCursor: string | null; total: number }> {
    const { unitOfWork, punches, names } = this.deps;
    const { tenantId } = by.principal;
    return unitOfWork.run(async () => {
      const filter = await this.filterOf(by, question);
      const limit = question.limit ?? PAGE_LIMIT;
      const rows = await punches.page(tenantId, filter, { after: positionOf(question.cursor), limit });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        items: await names.punches(tenantId, rows),
        nextCursor: last === undefined ? null : cursorAfter(last),
        total: await punches.count(tenantId, filter),
      };
    });
  }

  /** Lines of a UTF-8 CSV with a byte order mark, in pieces; times are those of each punch's own site. */
  async *csv(by: UserRequest, question: PunchQuestion): AsyncGenerator<string> {
    const { unitOfWork, companies, audit } = this.deps;
    const { tenantId } = by.principal;
    const { filter, siteNames } = await unitOfWork.run(async () => {
      audit.record({ tenantId, actor: by.actor, action: 'punches.exported' });
      const sites = await companies.sites(tenantId);
      return {
        filter: await this.filterOf(by, question),
        siteNames: new Map(sites.map((site) => [site.id, site.name])),
      };
    });
    yield BYTE_ORDER_MARK + csvRow(COLUMNS);
    let after: RowPosition | null = null;
    for (;;) {
      const rows = await this.chunk(tenantId, filter, after);
      yield rows.map((row) => csvRow(cellsOf(row, siteNames))).join('');
      const last = rows.at(-1);
      if (last === undefined || rows.length < EXPORT_CHUNK_ROWS) return;
      after = { atMs: last.atMs, id: last.id };
    }
  }

  private chunk(tenantId: string, filter: PunchFilter, after: RowPosition | null): Promise<PunchView[]> {
    const { unitOfWork, punches, names } = this.deps;
    return unitOfWork.run(async () =>
      names.punches(tenantId, await punches.page(tenantId, filter, { after, limit: EXPORT_CHUNK_ROWS })),
    );
  }

  private async filterOf(by: UserRequest, question: PunchQuestion): Promise<PunchFilter> {
    const zone = await this.deps.scope.zoneOf(by.principal.tenantId);
    return {
      fromMs: question.from === undefined ? null : localDay(question.from, zone).startMs,
      untilMs: question.to === undefined ? null : localDay(question.to, zone).endMs,
      personId: question.personId ?? null,
      deviceId: question.deviceId ?? null,
      direction: question.direction ?? null,
      personIds: await this.deps.scope.of(by.principal),
    };
  }
}

function cellsOf(punch: PunchView, siteNames: ReadonlyMap<string, string>): string[] {
  const { date, time } = localDateAndTime(punch.atMs, punch.zone);
  return [
    date,
    time,
    punch.zone,
    punch.personCode,
    punch.personName,
    punch.direction.toUpperCase(),
    punch.method,
    siteNames.get(punch.siteId) ?? '',
    punch.deviceName,
    punch.timeQuality,
    new Date(punch.receivedAtMs).toISOString(),
    punch.undoneAtMs === null ? '' : new Date(punch.undoneAtMs).toISOString(),
  ];
}
