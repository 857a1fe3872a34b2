// What a company decided about its tablets and punches. A company that decided nothing has the defaults.
import type { LivenessEvidence } from '@hazri/shared/protocol/event';

export interface CompanyPolicy {
  readonly liveness: LivenessEvidence['policy'];
  /** A second scan within this many seconds is the same act. */
  readonly duplicateWithinSec: number;
  /** An IN without an OUT for longer was forgotten. */
  readonly maxSessionMin: number;
  readonly pinFallback: boolean;
  /** Accepted wrong identifications per 1,000,000 attempts by strangers. */
  readonly wrongPerMillion: number;
  /** Templates may follow a face that changes, from live punches that were confirmed by PIN. */
  readonly selfUpdate: boolean;
}

export const DEFAULT_POLICY: CompanyPolicy = {
  liveness: 'standard',
  duplicateWithinSec: 60,
  maxSessionMin: 960,
  pinFallback: true,
  wrongPerMillion: 1000,
  selfUpdate: false,
};

/** Runs inside the caller's unit of work. */
export interface CompanyPolicies {
  of(tenantId: string): Promise<CompanyPolicy>;
  set(tenantId: string, policy: CompanyPolicy): Promise<void>;
}

export const COMPANY_POLICIES = Symbol('CompanyPolicies');
