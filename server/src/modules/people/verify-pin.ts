// The fallback at the tablet: employee code and PIN, always one to one. Wrong guesses slow down per person and per
// device, and end altogether until HR issues a new PIN. It never says whether the code or the PIN was wrong.
import type { PinCredentials } from '@hazri/shared/protocol/device';
import { InvariantError, type Result, err, ok } from '@hazri/shared/result';
import type { Database, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Throttle, risingDelay, untilCleared } from '../../platform/throttle/throttle.js';
import type { Employee } from './employee.js';
import type { PinHash } from './pin-hash.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PER_PERSON = risingDelay({
  free: 5,
  firstMs: 30_000,
  longestMs: 15 * MINUTE_MS,
  windowMs: 24 * HOUR_MS,
});
const PER_PERSON_AT_ALL = untilCleared(50);
const PER_DEVICE = risingDelay({ free: 10, firstMs: 10_000, longestMs: 2 * MINUTE_MS, windowMs: HOUR_MS });

/** Counts the tries at one person's PIN; cleared when a new one is issued. */
export const pinBuckets = (tenantId: string, employeeId: string): readonly [string, string] => [
  `pin|${tenantId}|${employeeId}`,
  `pin-all|${tenantId}|${employeeId}`,
];

/** Inside the caller's unit of work. */
export interface PinSource {
  byCodeWithPin(
    tenantId: string,
    code: string,
  ): Promise<{ readonly employee: Employee; readonly pinHash: string | null } | null>;
}

export type PinError = 'PIN_WRONG' | 'PIN_THROTTLED' | 'NOT_EMPLOYED';

export class VerifyPin {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly source: PinSource,
    private readonly throttle: Throttle,
    private readonly pinHash: PinHash,
  ) {}

  /** Call it outside a unit of work: hashing is slow on purpose. */
  async run(input: {
    readonly tenantId: string;
    readonly deviceId: string;
    readonly credentials: Pick<PinCredentials, 'employeeCode' | 'pin'>;
  }): Promise<Result<Employee, PinError>> {
    if (this.database.isInside()) throw new InvariantError('a PIN is verified outside a unit of work');
    const { tenantId, deviceId, credentials } = input;
    const found = await this.unitOfWork.run(() =>
      this.source.byCodeWithPin(tenantId, credentials.employeeCode),
    );
    // A code that nobody has is throttled like one that somebody has.
    const subject = found?.employee.id ?? `code:${credentials.employeeCode.toLowerCase()}`;
    const [recent, all] = pinBuckets(tenantId, subject);
    const admitted = await this.throttle.admit([
      { bucket: recent, policy: PER_PERSON },
      { bucket: all, policy: PER_PERSON_AT_ALL },
      { bucket: `pin-device|${deviceId}`, policy: PER_DEVICE },
    ]);
    if (!admitted.ok) return err('PIN_THROTTLED');
    const owner = { tenantId, employeeId: subject };
    const isRight = await this.pinHash.matches(owner, credentials.pin, found?.pinHash ?? null);
    if (!isRight || found === null) return err('PIN_WRONG');
    await this.throttle.forgive(admitted.value);
    await this.throttle.clear(recent);
    return found.employee.leftOn === null ? ok(found.employee) : err('NOT_EMPLOYED');
  }
}
