// The list of exceptions, and HR's note that settles one. A face that two employees share is settled with a verdict: two
// people, or one, whose other record is closed in the same unit of work.
import type { AttendanceException as ExceptionView } from '@hazri/shared/protocol/console-types';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { Refusal } from '../../platform/http/refusal.js';
import type { AuditTrail } from '../audit/public.js';
import type { LiveEvents } from '../live/public.js';
import type { PeopleDirectory } from '../people/public.js';
import type { AttendanceException, DuplicateVerdicts, ExceptionStore } from './exceptions.js';
import { localDayAt } from './local-day.js';
import { PAGE_LIMIT, cursorAfter, positionOf } from '../../platform/http/page-cursor.js';
import type { NamedRows } from './punch-view.js';
import type { TeamScope } from './team-scope.js';

export interface SettleExceptionsDeps {
  readonly unitOfWork: UnitOfWork;
  readonly exceptions: ExceptionStore;
  readonly names: NamedRows;
  readonly scope: TeamScope;
  readonly audit: AuditTrail;
  readonly live: LiveEvents;
  readonly clock: Clock;
  readonly people: PeopleDirectory;
  readonly verdicts: DuplicateVerdicts;
  readonly leaving: Leaving;
}

/** Closes an employee's record as of a local date; joins the caller's unit of work. */
export interface Leaving {
  run(by: UserRequest, personId: string, lastDay: string): Promise<Result<unknown, Refusal>>;
}

export interface Resolution {
  readonly note: string;
  readonly duplicate?:
    | { readonly kind: 'two-people' }
    | { readonly kind: 'one-person'; readonly closePersonId: string }
    | undefined;
}

export interface ExceptionQuestion {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly state?: 'open' | 'resolved' | 'all' | undefined;
}

export class SettleExceptions {
  constructor(private readonly deps: SettleExceptionsDeps) {}

  page(
    by: UserRequest,
    question: ExceptionQuestion,
  ): Promise<{ items: ExceptionView[]; nextCursor: string | null; total: number }> {
    const { unitOfWork, exceptions, names, scope } = this.deps;
    const { tenantId } = by.principal;
    return unitOfWork.run(async () => {
      const filter = { state: question.state ?? 'open', personIds: await scope.of(by.principal) };
      const limit = question.limit ?? PAGE_LIMIT;
      const rows = await exceptions.page(tenantId, { ...filter, after: positionOf(question.cursor), limit });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        items: await names.exceptions(tenantId, rows, filter.personIds),
        nextCursor: last === undefined ? null : cursorAfter(last),
        total: await exceptions.count(tenantId, filter),
      };
    });
  }

  resolve(
    by: UserRequest,
    exceptionId: string,
    { note, duplicate }: Resolution,
  ): Promise<Result<ExceptionView, Refusal>> {
    const { unitOfWork, exceptions, names, audit, live, clock } = this.deps;
    const { tenantId, userId } = by.principal;
    return unitOfWork.attempt<ExceptionView, Refusal>(async () => {
      const exception = await exceptions.lock(tenantId, exceptionId);
      if (exception === null) return err('NOT_FOUND');
      if (exception.state === 'resolved') return err('ALREADY_DONE');
      if (duplicate !== undefined) {
        const settled = await this.settleDuplicate(by, exception, duplicate);
        if (!settled.ok) return settled;
      }
      await exceptions.resolve(tenantId, exceptionId, { note, atMs: clock.nowMs(), by: userId });
      audit.record({
        tenantId,
        actor: by.actor,
        action: 'exception.resolved',
        subject: exception.kind,
        detail: { exception: exceptionId, verdict: duplicate?.kind ?? null },
      });
      unitOfWork.afterCommit(() => {
        live.publish(tenantId, { type: 'exception', id: exceptionId });
      });
      const [view] = await names.exceptions(tenantId, [{ ...exception, state: 'resolved', note }]);
      return view === undefined ? err('NOT_FOUND') : ok(view);
    });
  }

  private async settleDuplicate(
    by: UserRequest,
    { kind, personId, otherPersonId }: AttendanceException,
    verdict: NonNullable<Resolution['duplicate']>,
  ): Promise<Result<void, Refusal>> {
    const { verdicts, people, leaving, scope, clock } = this.deps;
    const { tenantId, permissions } = by.principal;
    if (kind !== 'DUPLICATE_FACE' || personId === null || otherPersonId === null) return err(NOT_OF_TWO);
    await verdicts.settleDuplicate(by, [personId, otherPersonId], verdict.kind);
    if (verdict.kind === 'two-people') return ok(undefined);
    if (!permissions.includes('people.manage')) return err('PERMISSION_DENIED');
    const { closePersonId } = verdict;
    if (closePersonId !== personId && closePersonId !== otherPersonId) return err(NOT_OF_TWO);
    const closing = await people.employee(tenantId, closePersonId);
    if (closing?.leftOn !== null) return ok(undefined);
    const { date } = localDayAt(clock.nowMs(), await scope.zoneOf(tenantId));
    // Somebody who has not begun yet ends on the first day: a record cannot end before it begins.
    const left = await leaving.run(by, closePersonId, date < closing.joined ? closing.joined : date);
    return left.ok ? ok(undefined) : left;
  }
}

const NOT_OF_TWO = {
  code: 'REQUEST_INVALID',
  issues: [{ path: 'body.duplicate', code: 'NOT_OF_TWO_PEOPLE' }],
} as const;
