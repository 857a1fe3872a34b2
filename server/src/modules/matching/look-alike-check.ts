// Compares everybody with everybody, at night or when HR asks. A run that a restart cut short has changed nothing but
// its own row; the next look at the clock starts it again, and what it finds twice is noted once.
//
//   never / done / failed ──start──▶ running ──▶ done
//                                      │ └─error──▶ failed
//                                      └─server stopped──▶ (no progress for a while: "interrupted") ──▶ running
import { randomUUID } from 'node:crypto';
import type { LookAlikeCheck as CheckView } from '@hazri/shared/protocol/console-types';
import { DateTime } from 'luxon';
import { localDate } from '../../platform/clock/local-date.js';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Actor } from '../../platform/http/principal.js';
import type { Logger } from '../../platform/logging/logger.js';
import type { ExceptionBook } from '../attendance/public.js';
import { type AuditTrail, SYSTEM_ACTOR } from '../audit/public.js';
import type { CompanyPolicies } from '../devices/public.js';
import type { LiveEvents } from '../live/public.js';
import type { CompanyDirectory } from '../tenants/public.js';
import type { FollowGalleries } from './follow-galleries.js';
import type { Galleries } from './galleries.js';
import { type FoundPair, GalleryCopy, pairsWithin } from './gallery-pairs.js';
import { type Likeness, likenessAt, likenessLimits } from './likeness.js';
import type { LookAlikes } from './look-alikes.js';
import type { CheckRun, CheckRuns } from './look-alike.js';

/** The hours of the night, local to the company, in which a run starts by itself. */
const QUIET_FROM_HOUR = 2;
const QUIET_UNTIL_HOUR = 5;
const PROGRESS_EVERY_MS = 1000;
/** A run that has said nothing for so long has lost its server. */
const LOST_AFTER_MS = 60_000;
/** More pairs than HR could ever look at mean that the gallery or the budget is wrong; the nearest are listed. */
const PAIRS_AT_MOST = 2000;
const PAIRS_AT_ONCE = 50;

export interface LookAlikeCheckDeps {
  readonly unitOfWork: UnitOfWork;
  readonly runs: CheckRuns;
  readonly lookAlikes: LookAlikes;
  readonly galleries: Galleries;
  readonly follow: FollowGalleries;
  readonly policies: CompanyPolicies;
  readonly companies: CompanyDirectory;
  readonly exceptions: ExceptionBook;
  readonly audit: AuditTrail;
  readonly live: LiveEvents;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface LikePair extends FoundPair {
  readonly likeness: Likeness;
}

const NEVER: CheckView = {
  state: 'never',
  startedAtMs: null,
  finishedAtMs: null,
  people: 0,
  templates: 0,
  compared: 0,
  found: 0,
};

export class LookAlikeCheck {
  private isStopping = false;
  private readonly working = new Set<Promise<void>>();

  constructor(private readonly deps: LookAlikeCheckDeps) {}

  view(tenantId: string): Promise<CheckView> {
    const { unitOfWork, runs } = this.deps;
    return unitOfWork.run(async () => this.viewOf(await runs.of(tenantId)));
  }

  /** Starts a run unless one is on its way; says how it stands. */
  async start(tenantId: string, actor: Actor): Promise<CheckView> {
    const { unitOfWork, runs, galleries, follow, audit, live, clock } = this.deps;
    await follow.ensure(tenantId);
    const byModel = [...(galleries.of(tenantId)?.byModel.values() ?? [])];
    const { run, isNew } = await unitOfWork.run(async () => {
      const known = await runs.lock(tenantId);
      if (known !== null && this.viewOf(known).state === 'running') return { run: known, isNew: false };
      const nowMs = clock.nowMs();
      const fresh: CheckRun = {
        tenantId,
        runId: randomUUID(),
        state: 'running',
        startedAtMs: nowMs,
        progressAtMs: nowMs,
        finishedAtMs: null,
        people: byModel.reduce((sum, gallery) => sum + gallery.personCount, 0),
        templates: byModel.reduce((sum, gallery) => sum + gallery.templateCount, 0),
        compared: 0,
        found: 0,
      };
      await runs.put(fresh);
      audit.record({ tenantId, actor, action: 'look-alikes.check-started' });
      unitOfWork.afterCommit(() => {
        live.publish(tenantId, { type: 'look-alikes' });
      });
      return { run: fresh, isNew: true };
    });
    if (isNew) this.work(run, actor);
    return this.viewOf(run);
  }

  /** Starts what is due by the company's clock, and what a stopped server left unfinished. */
  async startDue(tenantIds: readonly string[]): Promise<void> {
    for (const tenantId of tenantIds) {
      if (await this.isDue(tenantId)) await this.start(tenantId, SYSTEM_ACTOR);
    }
  }

  /** Resolves when no run of this server is on its way. */
  async settled(): Promise<void> {
    await Promise.all(this.working);
  }

  /** Ends the runs of this server at their next breath. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await this.settled();
  }

  private async isDue(tenantId: string): Promise<boolean> {
    const { unitOfWork, runs, companies, clock } = this.deps;
    return unitOfWork.run(async () => {
      const run = await runs.of(tenantId);
      const { state } = this.viewOf(run);
      if (state === 'interrupted') return true;
      if (state === 'running') return false;
      const zone = (await companies.company(tenantId))?.zone ?? 'UTC';
      const nowMs = clock.nowMs();
      const { hour } = DateTime.fromMillis(nowMs, { zone });
      if (hour < QUIET_FROM_HOUR || hour >= QUIET_UNTIL_HOUR) return false;
      return run === null || localDate(run.startedAtMs, zone) !== localDate(nowMs, zone);
    });
  }

  private viewOf(run: CheckRun | null): CheckView {
    if (run === null) return NEVER;
    const { startedAtMs, progressAtMs, finishedAtMs, people, templates, compared, found } = run;
    const isLost = run.state === 'running' && this.deps.clock.nowMs() - progressAtMs > LOST_AFTER_MS;
    const state = isLost ? 'interrupted' : run.state;
    return { state, startedAtMs, finishedAtMs, people, templates, compared, found };
  }

  private work(run: CheckRun, actor: Actor): void {
    const working = this.compare(run, actor)
      .catch(async (error: unknown) => {
        this.deps.logger.error('looking for look-alikes failed', error, { tenant: run.tenantId });
        await this.report(run, { state: 'failed', finishedAtMs: this.deps.clock.nowMs() });
      })
      .catch((error: unknown) => {
        this.deps.logger.error('a failed run could not be marked', error, { tenant: run.tenantId });
      })
      .finally(() => this.working.delete(working));
    this.working.add(working);
  }

  private async compare(run: CheckRun, actor: Actor): Promise<void> {
    const { galleries, policies, unitOfWork, logger, clock } = this.deps;
    const { tenantId } = run;
    const { wrongPerMillion } = await unitOfWork.run(() => policies.of(tenantId));
    const found: LikePair[] = [];
    let before = 0;
    for (const gallery of [...(galleries.of(tenantId)?.byModel.values() ?? [])]) {
      const { modelId, templateCount } = gallery;
      const limits = likenessLimits({ modelId, templateCount, wrongPerMillion });
      if (limits === undefined) continue;
      const copy = new GalleryCopy(gallery);
      const pairs = await this.pairsOf(run, copy, { within: limits.near, before });
      copy.clear();
      if (pairs === null) return;
      found.push(...pairs.map((pair) => ({ ...pair, likeness: likenessAt(pair.distance, limits) })));
      before += copy.count;
    }
    found.sort((a, b) => a.distance - b.distance);
    if (found.length > PAIRS_AT_MOST) {
      logger.warn('too many look-alikes to list', { tenant: tenantId, count: found.length });
    }
    const isNew = await this.note(run, found.slice(0, PAIRS_AT_MOST));
    const change = { state: 'done', finishedAtMs: clock.nowMs(), compared: before, found: isNew } as const;
    await this.finish(run, actor, change);
  }

  private pairsOf(
    run: CheckRun,
    copy: GalleryCopy,
    { within, before }: { readonly within: number; readonly before: number },
  ): Promise<FoundPair[] | null> {
    let saidAt = performance.now();
    return pairsWithin(copy, {
      within,
      goOn: async (compared) => {
        if (this.isStopping) return false;
        if (performance.now() - saidAt < PROGRESS_EVERY_MS) return true;
        saidAt = performance.now();
        return this.report(run, { compared: before + compared });
      },
    });
  }

  /** In small units of work, nearest first; how many HR did not know. */
  private async note(run: CheckRun, found: readonly LikePair[]): Promise<number> {
    const { unitOfWork, follow } = this.deps;
    const { tenantId } = run;
    let isNew = 0;
    for (let at = 0; at < found.length; at += PAIRS_AT_ONCE) {
      isNew += await unitOfWork.run(async () => {
        let noted = 0;
        for (const pair of found.slice(at, at + PAIRS_AT_ONCE))
          if (await this.noteOne(tenantId, pair)) noted += 1;
        if (noted > 0) await follow.changed(tenantId);
        return noted;
      });
    }
    return isNew;
  }

  private async noteOne(tenantId: string, { personIds, likeness }: LikePair): Promise<boolean> {
    const { lookAlikes, galleries, exceptions, clock } = this.deps;
    // Who withdrew meanwhile must not be written down again.
    const enrolled = galleries.templatesOf(tenantId);
    if (!personIds.every((personId) => enrolled.has(personId))) return false;
    const isNew = await lookAlikes.note(
      { tenantId, personIds, found: 'check', likeness, state: 'open' },
      SYSTEM_ACTOR,
    );
    if (!isNew || likeness !== 'same') return isNew;
    const [personId, otherPersonId] = personIds;
    await exceptions.open({
      tenantId,
      kind: 'DUPLICATE_FACE',
      sameAs: `alike|${personId}|${otherPersonId}`,
      atMs: clock.nowMs(),
      personId,
      otherPersonId,
    });
    return true;
  }

  private async finish(
    run: CheckRun,
    actor: Actor,
    change: Pick<CheckRun, 'state' | 'finishedAtMs' | 'compared' | 'found'>,
  ): Promise<void> {
    const { unitOfWork, runs, audit, live } = this.deps;
    const { tenantId, people, templates } = run;
    await unitOfWork.run(async () => {
      if (!(await runs.change(run, change))) return;
      audit.record({
        tenantId,
        actor,
        action: 'look-alikes.checked',
        detail: { people, templates, found: change.found },
      });
      unitOfWork.afterCommit(() => {
        live.publish(tenantId, { type: 'look-alikes' });
      });
    });
  }

  /** False when another run has taken this one's place. */
  private async report(run: CheckRun, change: Partial<CheckRun>): Promise<boolean> {
    const { unitOfWork, runs, live, clock } = this.deps;
    const progress = { ...change, progressAtMs: clock.nowMs() };
    const isOurs = await unitOfWork.run(() => runs.change(run, progress));
    live.publish(run.tenantId, { type: 'look-alikes' });
    return isOurs;
  }
}
