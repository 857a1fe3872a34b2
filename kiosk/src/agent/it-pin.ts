// Lets IT into the corner of the tablet by a six-digit PIN, slowly enough that guessing takes years.
import { scrypt, timingSafeEqual } from 'node:crypto';
import { fromBase64 } from '@hazri/shared/crypto/encoding';
import type { DeviceConfig } from '@hazri/shared/protocol/device';
import { type Result, err, ok } from '@hazri/shared/result';

const FREE_TRIES = 5;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 60 * 60_000;

export class ItPinGate {
  readonly #monoMs: () => number;
  #failures = 0;
  #closedUntilMs = Number.NEGATIVE_INFINITY;
  #isChecking = false;

  constructor(monoMs: () => number) {
    this.#monoMs = monoMs;
  }

  async check(
    stored: NonNullable<DeviceConfig['itPin']>,
    pin: string,
  ): Promise<Result<null, 'IT_PIN_WRONG' | 'IT_PIN_THROTTLED'>> {
    if (this.#isChecking || this.#monoMs() < this.#closedUntilMs) return err('IT_PIN_THROTTLED');
    this.#isChecking = true;
    try {
      const isRight = timingSafeEqual(await derive(pin, fromBase64(stored.salt)), fromBase64(stored.hash));
      if (isRight) {
        this.#failures = 0;
        return ok(null);
      }
      this.#failures += 1;
      const over = this.#failures - FREE_TRIES;
      if (over >= 0) {
        this.#closedUntilMs = this.#monoMs() + Math.min(FIRST_WAIT_MS * 2 ** over, LONGEST_WAIT_MS);
      }
      return err('IT_PIN_WRONG');
    } finally {
      this.#isChecking = false;
    }
  }
}

function derive(pin: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, 32, { N: 16_384, r: 8, p: 1 }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
