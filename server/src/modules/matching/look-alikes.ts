// People who look alike: noted when they are found, listed for HR, and decided by HR. Only open and confirmed pairs are
// asked for a second factor.
import { randomUUID } from 'node:crypto';
import type { LookAlike } from '@hazri/shared/protocol/console-types';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PAGE_LIMIT, cursorAfter, positionOf } from '../../platform/http/page-cursor.js';
import type { Actor, UserRequest } from '../../platform/http/principal.js';
import type { DuplicateVerdict, DuplicateVerdicts } from '../attendance/public.js';
import type { AuditTrail } from '../audit/public.js';
import type { LiveEvents } from '../live/public.js';
import type { PeopleDirectory } from '../people/public.js';
import type { FollowGalleries } from './follow-galleries.js';
import { type LookAlikePair, type LookAlikeRows, type PairPage, inOrder } from './look-alike.js';

export interface LookAlikesDeps {
  readonly unitOfWork: UnitOfWork;
  readonly pairs: LookAlikeRows;
  readonly people: PeopleDirectory;
  readonly follow: Pick<FollowGalleries, 'changed'>;
  readonly audit: AuditTrail;
  readonly live: LiveEvents;
  readonly clock: Clock;
}

export interface FoundLookAlike extends Pick<LookAlikePair, 'tenantId' | 'found' | 'likeness'> {
  readonly personIds: readonly [string, string];
  readonly state: 'open' | 'blocked';
}

export class LookAlikes implements DuplicateVerdicts {
  constructor(private readonly deps: LookAlikesDeps) {}

  /** Inside the caller's unit of work, which tells the galleries. True when HR has something new to decide. */
  async note({ personIds, ...found }: FoundLookAlike, actor: Actor): Promise<boolean> {
    const { pairs, clock } = this.deps;
    const { tenantId } = found;
    const [personA, personB] = inOrder(...personIds);
    const known = await pairs.between(tenantId, [personA, personB]);
    const createdAtMs = clock.nowMs();
    const undecided = { createdAtMs, decidedAtMs: null, decidedBy: null };
    if (known === null) {
      await pairs.addIfNew({ ...found, id: randomUUID(), personA, personB, ...undecided });
      await this.tell(tenantId, [personA, personB], { actor, action: 'look-alike.found' });
      return true;
    }
    // Whoever said that two people are not alike enough did not see them as one.
    const isWorse = found.likeness === 'same' && known.likeness === 'near' && known.state !== 'confirmed';
    if (!isWorse && !(known.state === 'open' && found.state === 'blocked')) return false;
    const { found: how, likeness, state } = found;
    await pairs.change(tenantId, known.id, { found: how, likeness, state, ...undecided });
    await this.tell(tenantId, [personA, personB], { actor, action: 'look-alike.found' });
    return true;
  }

  /**
   * Inside the unit of work of a new enrolment: pairs with people whom the person is not like any more are over, whatever
   * was decided about the face before. Of people who are not enrolled nothing new is known.
   */
  async reconsider(tenantId: string, personId: string, near: ReadonlySet<string>): Promise<void> {
    const { pairs, people } = this.deps;
    const known = await pairs.ofPerson(tenantId, personId);
    const otherOf = (pair: LookAlikePair): string =>
      pair.personA === personId ? pair.personB : pair.personA;
    const others = await people.employees(tenantId, known.map(otherOf));
    const over = known.filter((pair) => {
      const other = otherOf(pair);
      return !near.has(other) && others.get(other)?.enrolment === 'enrolled';
    });
    await pairs.remove(
      tenantId,
      over.map(({ id }) => id),
    );
  }

  /** Inside the caller's unit of work: HR has said that these are two people, however alike. */
  async areTwoPeople(tenantId: string, one: string, other: string): Promise<boolean> {
    return (await this.deps.pairs.between(tenantId, inOrder(one, other)))?.state === 'confirmed';
  }

  page(
    by: UserRequest,
    question: {
      readonly cursor?: string | undefined;
      readonly limit?: number | undefined;
      readonly state?: PairPage['state'] | undefined;
    },
  ): Promise<{ items: LookAlike[]; nextCursor: string | null; total: number }> {
    const { unitOfWork, pairs } = this.deps;
    const { tenantId } = by.principal;
    const { state = 'open', limit = PAGE_LIMIT } = question;
    return unitOfWork.run(async () => {
      const rows = await pairs.page(tenantId, { state, limit, after: positionOf(question.cursor) });
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        items: await this.views(tenantId, rows),
        nextCursor: last === undefined ? null : cursorAfter({ atMs: last.createdAtMs, id: last.id }),
        total: await pairs.count(tenantId, state),
      };
    });
  }

  decide(
    by: UserRequest,
    pairId: string,
    decision: 'confirm' | 'dismiss',
  ): Promise<Result<LookAlike, 'NOT_FOUND' | 'ALREADY_DONE' | 'ENROLMENT_BLOCKED' | 'FACES_TOO_NEAR'>> {
    const { unitOfWork, pairs } = this.deps;
    const { tenantId } = by.principal;
    const state = decision === 'confirm' ? 'confirmed' : 'dismissed';
    return unitOfWork.run(async () => {
      const pair = await pairs.lock(tenantId, pairId);
      if (pair === null) return err('NOT_FOUND');
      if (pair.state === 'blocked') return err('ENROLMENT_BLOCKED');
      if (decision === 'dismiss' && pair.likeness === 'same') return err('FACES_TOO_NEAR');
      if (pair.state === state) return err('ALREADY_DONE');
      const decided = await this.settle(by, pair, state);
      const [view] = await this.views(tenantId, [decided]);
      return view === undefined ? err('NOT_FOUND') : ok(view);
    });
  }

  async settleDuplicate(
    by: UserRequest,
    personIds: readonly [string, string],
    verdict: DuplicateVerdict,
  ): Promise<void> {
    const { pairs } = this.deps;
    const known = await pairs.between(by.principal.tenantId, inOrder(...personIds));
    if (known !== null) await this.settle(by, known, verdict === 'two-people' ? 'confirmed' : 'dismissed');
  }

  private async settle(
    by: UserRequest,
    pair: LookAlikePair,
    state: 'confirmed' | 'dismissed',
  ): Promise<LookAlikePair> {
    const { pairs, follow, clock } = this.deps;
    const { tenantId, id, personA, personB } = pair;
    const change = { state, decidedAtMs: clock.nowMs(), decidedBy: by.principal.userId };
    await pairs.change(tenantId, id, change);
    await follow.changed(tenantId);
    const action = state === 'confirmed' ? 'look-alike.confirmed' : 'look-alike.dismissed';
    await this.tell(tenantId, [personA, personB], { actor: by.actor, action });
    return { ...pair, ...change };
  }

  private async tell(
    tenantId: string,
    personIds: readonly string[],
    what: { readonly actor: Actor; readonly action: string },
  ): Promise<void> {
    const { unitOfWork, people, audit, live } = this.deps;
    const both = await people.employees(tenantId, personIds);
    const subject = personIds.map((personId) => both.get(personId)?.code ?? '').join(', ');
    audit.record({ tenantId, ...what, subject });
    unitOfWork.afterCommit(() => {
      live.publish(tenantId, { type: 'look-alikes' });
    });
  }

  private async views(tenantId: string, rows: readonly LookAlikePair[]): Promise<LookAlike[]> {
    const ids = new Set(rows.flatMap((row) => [row.personA, row.personB]));
    const people = await this.deps.people.employees(tenantId, [...ids]);
    const view = (id: string) => ({ id, name: people.get(id)?.name ?? '', code: people.get(id)?.code ?? '' });
    return rows.map(({ id, personA, personB, found, likeness, state, createdAtMs, decidedAtMs }) => ({
      id,
      people: [view(personA), view(personB)],
      found,
      likeness,
      state,
      createdAtMs,
      decidedAtMs,
    }));
  }
}
