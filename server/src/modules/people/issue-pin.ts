// Makes a new six-digit PIN, shown once and kept only as a hash. PINs that people guess first are never issued.
import { randomInt } from 'node:crypto';
import { type Result, err, ok } from '@hazri/shared/result';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Refusal } from '../../platform/http/refusal.js';
import type { UserRequest } from '../../platform/http/principal.js';
import type { Throttle } from '../../platform/throttle/throttle.js';
import type { PersonEditor } from './change-people.js';
import type { PinHash } from './pin-hash.js';
import { pinBuckets } from './verify-pin.js';

const DIGITS = 6;

/** Runs up or down, repeats itself, or reads as a year. */
export function isWeakPin(pin: string): boolean {
  const steps = Array.from(pin, (digit, at) => Number(pin[at + 1] ?? digit) - Number(digit)).slice(0, -1);
  const isRun = [0, 1, -1].some((step) => steps.every((each) => (each + 10) % 10 === (step + 10) % 10));
  const isRepeated = [2, 3].some((length) => pin === pin.slice(0, length).repeat(DIGITS / length));
  const isFewDigits = new Set(pin).size < 3;
  return isRun || isRepeated || isFewDigits || /^(?:19|20)\d{4}$|^\d{2}(?:19|20)\d{2}$/.test(pin);
}

export function newPin(random: (below: number) => number = randomInt): string {
  for (;;) {
    const pin = String(random(10 ** DIGITS)).padStart(DIGITS, '0');
    if (!isWeakPin(pin)) return pin;
  }
}

export class IssuePin {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly editor: PersonEditor,
    private readonly pinHash: PinHash,
    private readonly throttle: Throttle,
  ) {}

  async run(by: UserRequest, personId: string): Promise<Result<{ pin: string }, Refusal>> {
    const { tenantId } = by.principal;
    const { people, records } = this.editor;
    const pin = newPin();
    const hash = await this.pinHash.make({ tenantId, employeeId: personId }, pin);
    return this.unitOfWork.attempt<{ pin: string }, Refusal>(async () => {
      const employee = await people.employee(tenantId, personId);
      if (employee === null) return err('NOT_FOUND');
      if (employee.leftOn !== null) return err('PERSON_LEFT');
      await people.setPin(tenantId, personId, hash);
      for (const bucket of pinBuckets(tenantId, personId)) await this.throttle.clear(bucket);
      records.changed(by.actor, employee, 'person.pin-issued');
      return ok({ pin });
    });
  }
}
