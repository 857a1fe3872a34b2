// Rule packs: what the law asks, as dated data with its source. A rule in force on a date is the last one that began on or
// before it and has not ended; a company's own rules lie over the pack's. Nothing here is a constant in code.
import { type DayNumber, parseDate } from '../../schedule/calendar.js';

export const PACK_RULES = [
  /** Minutes of work in a day. */
  'DAY_HOURS',
  /** Minutes of work in a week. */
  'WEEK_HOURS',
  /** Minutes from the first IN to the last OUT. */
  'SPREAD_OVER',
  /** Minutes of work after which a break of half an hour must have been taken. */
  'BREAK_AFTER',
  /** Minutes between the work of two days. */
  'REST_BETWEEN',
  /** Days of work without a day off. */
  'DAYS_IN_A_ROW',
  /** Minutes of overtime in a calendar quarter. */
  'QUARTER_OVERTIME',
  /** Multiple of the ordinary rate for overtime. */
  'OVERTIME_RATE',
  /** 1 where overtime needs the person's recorded consent. */
  'OVERTIME_CONSENT',
] as const;
export type PackRuleName = (typeof PACK_RULES)[number];

export interface PackRule {
  readonly rule: PackRuleName;
  readonly value: number;
  readonly from: DayNumber;
  /** The last date on which it holds; null while it does. */
  readonly until: DayNumber | null;
  /** Section of the law or notification; for a company's own rule, its policy. */
  readonly source: string;
  /** False where the source still has to be checked by counsel; docs/attendance/rule-packs.md says why. */
  readonly isConfirmed: boolean;
}

export interface RulePack {
  readonly id: string;
  readonly version: number;
  readonly name: { readonly en: string; readonly hi: string };
  /** Weekday on which a week begins, 0 is Sunday. */
  readonly weekStartsOn: number;
  /** Statutory registers that establishments under it keep. */
  readonly registers: readonly string[];
  readonly rules: readonly PackRule[];
}

function dateOf(text: string): DayNumber {
  return parseDate(text) ?? NaN;
}

/** A rule as it is written in a pack. */
export interface WrittenRule {
  readonly rule: PackRuleName;
  readonly value: number;
  readonly from: string;
  readonly until?: string;
  readonly source: string;
  /** Not yet confirmed by counsel. */
  readonly toCheck?: true;
}

export const writtenRules = (rules: readonly WrittenRule[]): readonly PackRule[] =>
  rules.map(({ rule, value, from, until, source, toCheck }) => ({
    rule,
    value,
    from: dateOf(from),
    until: until === undefined ? null : dateOf(until),
    source,
    isConfirmed: toCheck !== true,
  }));

/** The rule of that name that holds on a date; a company's own one before the pack's. */
export function ruleInForce(
  name: PackRuleName,
  date: DayNumber,
  layers: readonly (readonly PackRule[])[],
): PackRule | null {
  for (const rules of layers) {
    let best: PackRule | null = null;
    for (const one of rules) {
      if (one.rule !== name || one.from > date || (one.until !== null && one.until < date)) continue;
      if (best === null || one.from >= best.from) best = one;
    }
    if (best !== null) return best;
  }
  return null;
}
