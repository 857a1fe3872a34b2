// The life of a pay period. Four eyes where money changes: who approves is not who reviewed, and only approved figures
// are locked. A locked period never changes again; what comes late is an adjustment of the next one.
//
//            review            approve             lock
//   draft ───────────▶ reviewed ────────▶ approved ───────▶ locked
//     ▲                   │                  │
//     └───────────────────┴──────────────────┘
//                  reopen (reason)
import { type Result, err, ok } from '../../result/result.js';

export type PeriodState =
  | { readonly state: 'draft' }
  | { readonly state: 'reviewed'; readonly reviewedBy: string }
  | { readonly state: 'approved'; readonly reviewedBy: string; readonly approvedBy: string }
  | {
      readonly state: 'locked';
      readonly reviewedBy: string;
      readonly approvedBy: string;
      readonly lockHash: string;
    };

export type PeriodRole = 'hr' | 'finance' | 'owner';

/** Who acts, in one of the roles they hold. */
export interface PeriodActor {
  readonly userId: string;
  readonly role: PeriodRole;
}

export type PeriodAction =
  /** `openExceptions`: days that nobody has decided; they must be decided or accepted by count. */
  | { readonly kind: 'review'; readonly openExceptions: number; readonly acceptedExceptions: number }
  | { readonly kind: 'approve' }
  | { readonly kind: 'lock'; readonly lockHash: string }
  | { readonly kind: 'reopen'; readonly reason: string };

export type PeriodRefusal =
  | 'PERIOD_LOCKED'
  | 'PERIOD_WRONG_STATE'
  | 'PERIOD_ROLE'
  | 'PERIOD_SAME_PERSON'
  | 'PERIOD_EXCEPTIONS_OPEN'
  | 'PERIOD_REASON_MISSING';

const ROLES: Readonly<Record<PeriodAction['kind'], readonly PeriodRole[]>> = {
  review: ['hr'],
  approve: ['finance', 'owner'],
  lock: ['hr', 'finance', 'owner'],
  reopen: ['hr', 'finance', 'owner'],
};

/** The next state, or why not. */
export function actOnPeriod(
  period: PeriodState,
  action: PeriodAction,
  actor: PeriodActor,
): Result<PeriodState, PeriodRefusal> {
  if (period.state === 'locked') return err('PERIOD_LOCKED');
  if (!ROLES[action.kind].includes(actor.role)) return err('PERIOD_ROLE');
  switch (action.kind) {
    case 'review':
      if (period.state !== 'draft') return err('PERIOD_WRONG_STATE');
      if (action.openExceptions > action.acceptedExceptions) return err('PERIOD_EXCEPTIONS_OPEN');
      return ok({ state: 'reviewed', reviewedBy: actor.userId });
    case 'approve':
      if (period.state !== 'reviewed') return err('PERIOD_WRONG_STATE');
      if (period.reviewedBy === actor.userId) return err('PERIOD_SAME_PERSON');
      return ok({ ...period, state: 'approved', approvedBy: actor.userId });
    case 'lock':
      if (period.state !== 'approved') return err('PERIOD_WRONG_STATE');
      return ok({ ...period, state: 'locked', lockHash: action.lockHash });
    case 'reopen':
      if (period.state === 'draft') return err('PERIOD_WRONG_STATE');
      if (action.reason.trim() === '') return err('PERIOD_REASON_MISSING');
      return ok({ state: 'draft' });
  }
}
