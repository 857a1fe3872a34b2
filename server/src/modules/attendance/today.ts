// Who is in, who has gone, who is not here yet: the local day of a site or of the company, right now.
import type { Today as TodayView, TodayRow } from '@hazri/shared/protocol/console-types';
import {
  type SessionRule,
  openSession,
  workSessions,
  workedMin,
} from '@hazri/shared/domain/attendance/work-session';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { UserPrincipal } from '../../platform/http/principal.js';
import type { CompanyPolicies } from '../devices/public.js';
import type { Employee, PeopleDirectory } from '../people/public.js';
import type { CompanyDirectory } from '../tenants/public.js';
import type { ExceptionStore } from './exceptions.js';
import { type LocalDay, localDayAt } from './local-day.js';
import type { NamedRows } from './punch-view.js';
import type { Punch, PunchStore } from './punch.js';
import type { TeamScope } from './team-scope.js';

const QUARTER_MS = 15 * 60_000;
const RECENT_PUNCHES = 20;

export interface TodayDeps {
  readonly unitOfWork: UnitOfWork;
  readonly punches: PunchStore;
  readonly exceptions: ExceptionStore;
  readonly people: PeopleDirectory;
  readonly companies: CompanyDirectory;
  readonly policies: CompanyPolicies;
  readonly names: NamedRows;
  readonly scope: TeamScope;
  readonly clock: Clock;
}

export class Today {
  constructor(private readonly deps: TodayDeps) {}

  run(principal: UserPrincipal, siteId: string | null): Promise<Result<TodayView, 'NOT_FOUND'>> {
    const { unitOfWork, companies, policies, scope, clock } = this.deps;
    const { tenantId } = principal;
    return unitOfWork.run(async () => {
      const site = siteId === null ? null : await companies.site(tenantId, siteId);
      if (siteId !== null && site === null) return err('NOT_FOUND');
      const zone = site?.zone ?? (await scope.zoneOf(tenantId));
      const nowMs = clock.nowMs();
      const day = localDayAt(nowMs, zone);
      const policy = await policies.of(tenantId);
      const rule = { maxSessionMs: policy.maxSessionMin * 60_000 };
      const employees = await this.employeesOf(principal, day.date, siteId);
      const punches = await this.punchesOf(tenantId, employees, { day, nowMs, rule });
      const rows = employees.map((employee) =>
        rowOf(employee, punches.get(employee.id) ?? [], { day, nowMs, rule }),
      );
      const counts = { ...countsOf(rows), exceptions: await this.openExceptions(principal) };
      const recent = await this.recent(principal, employees, siteId);
      return ok({ date: day.date, zone, nowMs, counts, rows, arrivals: arrivalsOf(rows), recent });
    });
  }

  private async employeesOf(principal: UserPrincipal, date: string, siteId: string | null) {
    if (principal.role === 'head' && principal.department === null) return [];
    const scope = { department: principal.role === 'head' ? principal.department : null, siteId };
    return this.deps.people.employedOn(principal.tenantId, date, scope);
  }

  private async punchesOf(
    tenantId: string,
    employees: readonly Employee[],
    at: Moment,
  ): Promise<Map<string, Punch[]>> {
    const span = { fromMs: at.day.startMs - at.rule.maxSessionMs, untilMs: at.day.endMs };
    const ids = employees.map((employee) => employee.id);
    const byPerson = new Map<string, Punch[]>();
    for (const punch of await this.deps.punches.countedOf(tenantId, ids, span)) {
      const known = byPerson.get(punch.personId);
      if (known === undefined) byPerson.set(punch.personId, [punch]);
      else known.push(punch);
    }
    return byPerson;
  }

  private async openExceptions(principal: UserPrincipal): Promise<number> {
    const personIds = await this.deps.scope.of(principal);
    return this.deps.exceptions.count(principal.tenantId, { state: 'open', personIds });
  }

  private async recent(principal: UserPrincipal, employees: readonly Employee[], siteId: string | null) {
    const { punches, names, scope } = this.deps;
    const { tenantId } = principal;
    const ofSite = siteId === null ? null : employees.map((employee) => employee.id);
    const filter = {
      fromMs: null,
      untilMs: null,
      personId: null,
      deviceId: null,
      direction: null,
      personIds: ofSite ?? (await scope.of(principal)),
    };
    const page = { after: null, limit: RECENT_PUNCHES };
    return names.punches(tenantId, await punches.page(tenantId, filter, page));
  }
}

interface Moment {
  readonly day: LocalDay;
  readonly nowMs: number;
  readonly rule: Pick<SessionRule, 'maxSessionMs'>;
}

function rowOf(employee: Employee, punches: readonly Punch[], { day, nowMs, rule }: Moment): TodayRow {
  const open = openSession(punches, nowMs, rule);
  // A night shift that began yesterday and still runs belongs to what is shown.
  const ofToday = workSessions(punches, rule).filter(
    (session) => session.inMs >= day.startMs || session.inMs === open?.inMs,
  );
  const todaysPunches = punches.filter((punch) => punch.atMs >= day.startMs);
  const isHere = open !== undefined;
  const wasHere = todaysPunches.length > 0;
  const firstInMs = ofToday.reduce<number | null>(
    (first, session) => (first === null ? session.inMs : Math.min(first, session.inMs)),
    null,
  );
  return {
    personId: employee.id,
    name: employee.name,
    code: employee.code,
    department: employee.department,
    state: isHere ? 'in' : wasHere ? 'out' : 'not-yet',
    firstInMs,
    lastPunchMs: punches.reduce<number | null>(
      (last, punch) => (punch.atMs >= (firstInMs ?? day.startMs) ? Math.max(last ?? 0, punch.atMs) : last),
      null,
    ),
    workedMin: workedMin(ofToday, nowMs, rule),
  };
}

function countsOf(rows: readonly TodayRow[]): { in: number; out: number; notYet: number } {
  const count = (state: TodayRow['state']): number => rows.filter((row) => row.state === state).length;
  return { in: count('in'), out: count('out'), notYet: count('not-yet') };
}

function arrivalsOf(rows: readonly TodayRow[]): { atMs: number; count: number }[] {
  const perQuarter = new Map<number, number>();
  for (const { firstInMs } of rows) {
    if (firstInMs === null) continue;
    // Zones lie whole quarters of an hour from UTC.
    const atMs = Math.floor(firstInMs / QUARTER_MS) * QUARTER_MS;
    perQuarter.set(atMs, (perQuarter.get(atMs) ?? 0) + 1);
  }
  return [...perQuarter].sort(([a], [b]) => a - b).map(([atMs, count]) => ({ atMs, count }));
}
