// Requests to put a day right: by the employee or by HR, with times and a reason, through a chain of approvals. An
// approved request becomes a correction; raw punches never change, and nobody approves their own money.
//
//   asked ──approve (each step by another person)──▶ … ──▶ approved ──▶ a Correction
//     │
//     └──reject (reason)──▶ rejected          └──withdraw (by who asked)──▶ withdrawn
import { type Result, err, ok } from '../../result/result.js';
import type { DayNumber } from '../schedule/calendar.js';
import type { Correction, Punch } from './punch.js';

export type RegularisationRole = 'head' | 'hr' | 'finance' | 'owner';

export interface RegularisationPolicy {
  /** Requests of one person in a calendar month; null for any number. */
  readonly perMonth: number | null;
  /** How many days back a request may reach. */
  readonly daysBack: number;
  /** Roles that approve, in order. */
  readonly chain: readonly RegularisationRole[];
}

/** What the company knows about the moment, put beside the request by itself. */
export interface RegularisationEvidence {
  readonly tabletOutageMin: number;
  /** Punches of others at the same tablet in the quarter of an hour around it. */
  readonly neighbourPunches: number;
  /** How sure the tablet was of the face, in words that show no number; null without an attempt. */
  readonly scoreBand: 'clear' | 'near' | 'unclear' | null;
}

export interface Regularisation {
  readonly employeeId: string;
  readonly askedBy: string;
  readonly date: DayNumber;
  readonly add: readonly Punch[];
  readonly void: Correction['void'];
  readonly reason: string;
  readonly evidence: RegularisationEvidence;
  readonly state: 'asked' | 'approved' | 'rejected' | 'withdrawn';
  /** Who approved so far, in the order of the chain. */
  readonly approvals: readonly { readonly userId: string; readonly role: RegularisationRole }[];
}

export type RegularisationRefusal =
  | 'REGULARISATION_TOO_MANY'
  | 'REGULARISATION_TOO_OLD'
  | 'REGULARISATION_FUTURE'
  | 'REGULARISATION_EMPTY'
  | 'REGULARISATION_REASON_MISSING'
  | 'REGULARISATION_DECIDED'
  | 'REGULARISATION_ROLE'
  | 'REGULARISATION_SAME_PERSON'
  | 'REGULARISATION_NOT_YOURS';

/** A request that the policy allows. `askedThisMonth` counts the person's requests in the month of `date`. */
export function askRegularisation(
  request: Omit<Regularisation, 'state' | 'approvals'>,
  policy: RegularisationPolicy,
  { today, askedThisMonth }: { readonly today: DayNumber; readonly askedThisMonth: number },
): Result<Regularisation, RegularisationRefusal> {
  if (request.reason.trim() === '') return err('REGULARISATION_REASON_MISSING');
  if (request.add.length === 0 && request.void.length === 0) return err('REGULARISATION_EMPTY');
  if (request.date > today) return err('REGULARISATION_FUTURE');
  if (today - request.date > policy.daysBack) return err('REGULARISATION_TOO_OLD');
  if (policy.perMonth !== null && askedThisMonth >= policy.perMonth) return err('REGULARISATION_TOO_MANY');
  return ok({ ...request, state: 'asked', approvals: [] });
}

export type RegularisationAct =
  | { readonly kind: 'approve'; readonly userId: string; readonly role: RegularisationRole }
  | {
      readonly kind: 'reject';
      readonly userId: string;
      readonly role: RegularisationRole;
      readonly reason: string;
    }
  | { readonly kind: 'withdraw'; readonly userId: string };

/** The request after one act; every step of the chain is another person, and none of them is who gains. */
export function actOnRegularisation(
  request: Regularisation,
  act: RegularisationAct,
  { chain }: Pick<RegularisationPolicy, 'chain'>,
): Result<Regularisation, RegularisationRefusal> {
  if (request.state !== 'asked') return err('REGULARISATION_DECIDED');
  if (act.kind === 'withdraw') {
    if (act.userId !== request.askedBy) return err('REGULARISATION_NOT_YOURS');
    return ok({ ...request, state: 'withdrawn' });
  }
  if (chain[request.approvals.length] !== act.role) return err('REGULARISATION_ROLE');
  const hasActed = request.approvals.some(({ userId }) => userId === act.userId);
  if (hasActed || act.userId === request.askedBy || act.userId === request.employeeId)
    return err('REGULARISATION_SAME_PERSON');
  if (act.kind === 'reject') {
    if (act.reason.trim() === '') return err('REGULARISATION_REASON_MISSING');
    return ok({ ...request, state: 'rejected' });
  }
  const approvals = [...request.approvals, { userId: act.userId, role: act.role }];
  return ok({ ...request, approvals, state: approvals.length === chain.length ? 'approved' : 'asked' });
}

/** What an approved request does to the day; null for any other. */
export const correctionOf = (request: Regularisation): Correction | null =>
  request.state === 'approved' ? { date: request.date, add: request.add, void: request.void } : null;
