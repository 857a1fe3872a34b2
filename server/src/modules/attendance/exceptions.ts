// What a person should look at: opened by the server, resolved by HR with a note, never removed.
import { randomUUID } from 'node:crypto';
import type { AttendanceException as ExceptionView } from '@hazri/shared/protocol/console-types';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { LiveEvents } from '../live/public.js';

type ExceptionKind = ExceptionView['kind'];

export interface AttendanceException {
  readonly id: string;
  readonly tenantId: string;
  readonly kind: ExceptionKind;
  /** Two exceptions of a company with the same text here are one. */
  readonly sameAs: string;
  readonly personId: string | null;
  /** The second person where it is about two. */
  readonly otherPersonId: string | null;
  readonly deviceId: string | null;
  readonly punchId: string | null;
  readonly atMs: number;
  readonly state: 'open' | 'resolved';
  readonly note: string | null;
  readonly resolvedAtMs: number | null;
  readonly resolvedBy: string | null;
}

export interface ExceptionPage {
  readonly state: 'open' | 'resolved' | 'all';
  readonly personIds: readonly string[] | null;
  readonly after: { readonly atMs: number; readonly id: string } | null;
  readonly limit: number;
}

/** Every method runs inside the caller's unit of work. */
export interface ExceptionStore {
  /** False when there is one with the same `sameAs` already. */
  addIfNew(exception: AttendanceException): Promise<boolean>;
  lock(tenantId: string, exceptionId: string): Promise<AttendanceException | null>;
  resolve(
    tenantId: string,
    exceptionId: string,
    how: { readonly note: string; readonly atMs: number; readonly by: string },
  ): Promise<void>;
  page(tenantId: string, page: ExceptionPage): Promise<AttendanceException[]>;
  count(tenantId: string, page: Pick<ExceptionPage, 'state' | 'personIds'>): Promise<number>;
}

export interface ExceptionToOpen {
  readonly tenantId: string;
  readonly kind: ExceptionKind;
  readonly sameAs: string;
  readonly atMs: number;
  readonly personId?: string | null;
  readonly otherPersonId?: string | null;
  readonly deviceId?: string | null;
  readonly punchId?: string | null;
  /** Team of the person it is about; consoles of other heads do not hear of it. */
  readonly department?: string | null;
}

export type DuplicateVerdict = 'two-people' | 'one-person';

/** The matching module provides it under this token. */
export const DUPLICATE_VERDICTS = Symbol('DuplicateVerdicts');

export interface DuplicateVerdicts {
  /** Inside the caller's unit of work: what HR says about two people whose faces are one. */
  settleDuplicate(
    by: UserRequest,
    personIds: readonly [string, string],
    verdict: DuplicateVerdict,
  ): Promise<void>;
}

const SAME_AS_LENGTH = 100;

export class ExceptionBook {
  constructor(
    private readonly store: ExceptionStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly live: LiveEvents,
  ) {}

  /** Inside the unit of work of what caused it. */
  async open(what: ExceptionToOpen): Promise<void> {
    const { tenantId, kind, atMs } = what;
    const id = randomUUID();
    const isNew = await this.store.addIfNew({
      id,
      tenantId,
      kind,
      sameAs: what.sameAs.slice(0, SAME_AS_LENGTH),
      personId: what.personId ?? null,
      otherPersonId: what.otherPersonId ?? null,
      deviceId: what.deviceId ?? null,
      punchId: what.punchId ?? null,
      atMs,
      state: 'open',
      note: null,
      resolvedAtMs: null,
      resolvedBy: null,
    });
    if (!isNew) return;
    this.unitOfWork.afterCommit(() => {
      this.live.publish(tenantId, { type: 'exception', id }, { department: what.department ?? null });
    });
  }
}
