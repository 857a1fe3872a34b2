// The lock of a period: one hash over everything that its figures came from. The same inputs, packs, zone data and engine
// give the same hash on any machine, so a locked month can be proven years later.
import { ENGINE_VERSION } from './period-report.js';
import type { PayFigure } from './events.js';

export interface LockInput {
  /** One scenario per person in its written form, as JSON values. */
  readonly people: readonly {
    readonly personId: string;
    readonly scenario: unknown;
    readonly figures: readonly PayFigure[];
  }[];
  /** `id@version` of every pack in use. */
  readonly packs: readonly string[];
  readonly tzdb: string;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** JSON with sorted keys and no spaces; what JSON cannot hold is left out as JSON does. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (value === undefined) return 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => compare(a, b));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonicalText(one)}`).join(',')}}`;
}

/** The bytes to hash, as text. The order of people and packs in the input does not matter. */
export function lockText({ people, packs, tzdb }: LockInput): string {
  return canonicalText({
    engine: ENGINE_VERSION,
    packs: [...packs].sort(compare),
    tzdb,
    people: [...people].sort((a, b) => compare(a.personId, b.personId)),
  });
}
