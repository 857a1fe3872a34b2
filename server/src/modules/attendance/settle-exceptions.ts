// The list of exceptions, and HR's note that settles one.
import type { AttendanceException as ExceptionView } from '@hazri/shared/protocol/console-types';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { AuditTrail } from '../audit/public.js';
import type { LiveEvents } from '../live/public.js';
import type { ExceptionStore } from './exceptions.js';
import { PAGE_LIMIT, cursorAfter, positionOf } from './page-cursor.js';
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
        items: await names.exceptions(tenantId, rows),
        nextCursor: last === undefined ? null : cursorAfter(last),
        total: await exceptions.count(tenantId, filter),
      };
    });
  }

  resolve(
    by: UserRequest,
    exceptionId: string,
    note: string,
  ): Promise<Result<ExceptionView, 'NOT_FOUND' | 'ALREADY_DONE'>> {
    const { unitOfWork, exceptions, names, audit, live, clock } = this.deps;
    const { tenantId, userId } = by.principal;
    return unitOfWork.run(async () => {
      const exception = await exceptions.lock(tenantId, exceptionId);
      if (exception === null) return err('NOT_FOUND');
      if (exception.state === 'resolved') return err('ALREADY_DONE');
      await exceptions.resolve(tenantId, exceptionId, { note, atMs: clock.nowMs(), by: userId });
      audit.record({
        tenantId,
        actor: by.actor,
        action: 'exception.resolved',
        subject: exception.kind,
        detail: { exception: exceptionId },
      });
      unitOfWork.afterCommit(() => {
        live.publish(tenantId, { type: 'exception', id: exceptionId });
      });
      const [view] = await names.exceptions(tenantId, [{ ...exception, state: 'resolved', note }]);
      return view === undefined ? err('NOT_FOUND') : ok(view);
    });
  }
}
