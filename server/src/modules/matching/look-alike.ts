// Pairs of people who look alike as the server keeps them, and the run that looks for them. No distance is ever kept.
//
//   found near ───────────▶ open ──confirm──▶ confirmed ◀──┐ dismiss / confirm
//   found same (enrolment) ▶ blocked ──HR────▶ confirmed    ├──────────────────
//                                    └─HR────▶ dismissed ◀──┘
//
// A pair with one face is never dismissed but with the closing of a record.
// Open and confirmed pairs are guarded: a face of one of the two alone is not enough. A blocked pair guards nobody: only
// one of the two is enrolled.
import type { Likeness } from './likeness.js';

export interface LookAlikePair {
  readonly id: string;
  readonly tenantId: string;
  /** Less than `personB`. */
  readonly personA: string;
  readonly personB: string;
  readonly found: 'enrolment' | 'check';
  readonly likeness: Likeness;
  readonly state: 'open' | 'blocked' | 'confirmed' | 'dismissed';
  readonly createdAtMs: number;
  readonly decidedAtMs: number | null;
  readonly decidedBy: string | null;
}

export type PairChange = Partial<
  Pick<LookAlikePair, 'found' | 'likeness' | 'state' | 'createdAtMs' | 'decidedAtMs' | 'decidedBy'>
>;

export interface PairPage {
  readonly state: 'open' | 'confirmed' | 'dismissed' | 'all';
  readonly after: { readonly atMs: number; readonly id: string } | null;
  readonly limit: number;
}

/** Every method runs inside the caller's unit of work. */
export interface LookAlikeRows {
  between(tenantId: string, personIds: readonly [string, string]): Promise<LookAlikePair | null>;
  lock(tenantId: string, pairId: string): Promise<LookAlikePair | null>;
  /** Does nothing when the two are a pair already. */
  addIfNew(pair: LookAlikePair): Promise<void>;
  change(tenantId: string, pairId: string, change: PairChange): Promise<void>;
  removeOf(tenantId: string, personId: string): Promise<void>;
  ofPerson(tenantId: string, personId: string): Promise<LookAlikePair[]>;
  remove(tenantId: string, pairIds: readonly string[]): Promise<void>;
  /** Newest first; a blocked pair counts as open. */
  page(tenantId: string, page: PairPage): Promise<LookAlikePair[]>;
  count(tenantId: string, state: PairPage['state']): Promise<number>;
  /** Open and confirmed pairs. */
  guarded(tenantId: string): Promise<Pick<LookAlikePair, 'personA' | 'personB'>[]>;
}

/** The last or present comparison of everybody with everybody, one per company. */
export interface CheckRun {
  readonly tenantId: string;
  readonly runId: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly startedAtMs: number;
  readonly progressAtMs: number;
  readonly finishedAtMs: number | null;
  readonly people: number;
  readonly templates: number;
  readonly compared: number;
  readonly found: number;
}

/** Every method runs inside the caller's unit of work. */
export interface CheckRuns {
  of(tenantId: string): Promise<CheckRun | null>;
  /** Like `of`, and others who start one wait until the unit of work ends. */
  lock(tenantId: string): Promise<CheckRun | null>;
  /** Takes the place of the company's run before. */
  put(run: CheckRun): Promise<void>;
  /** False when another run has taken its place. */
  change(
    run: Pick<CheckRun, 'tenantId' | 'runId'>,
    change: Partial<Omit<CheckRun, 'tenantId' | 'runId'>>,
  ): Promise<boolean>;
}

export function inOrder(one: string, other: string): readonly [string, string] {
  return one < other ? [one, other] : [other, one];
}
