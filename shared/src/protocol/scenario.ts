// The written form of an attendance scenario (docs/attendance/contract.md) and how it becomes what the engine takes.
// Strict at every depth: an unknown key is an error with its path, never ignored.
import { z } from 'zod';
import {
  type DayNumber,
  type Weekday,
  WEEKDAYS,
  parseDate,
  parseTimeOfDay,
} from '../domain/schedule/calendar.js';
import { parseInstant } from '../domain/schedule/zone-rules.js';
import type { FixedShift, FlexibleShift } from '../domain/schedule/shift.js';
import { PACK_RULES } from '../domain/attendance/packs/pack.js';

const COUNT_AT_MOST = 100_000;
const DAY_MIN = 1440;
/** A person's whole working life fits; a mistyped year does not. */
const PERIOD_DAYS_AT_MOST = 36_600;

/** A text that `parse` understands, as what it means. */
function parsed<T>(parse: (text: string) => T | null, what: string) {
  return z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: `is not ${what}` });
    return z.NEVER;
  });
}

const date = parsed(parseDate, 'a date (YYYY-MM-DD)').meta({ format: 'date' });
const instant = parsed(parseInstant, 'an instant with its offset (2026-03-02T09:31:00+05:30)').meta({
  format: 'date-time',
});
const timeOfDay = parsed(parseTimeOfDay, 'a time of day (HH:MM)').meta({
  pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
});
const minutes = z.int().min(0);
const withinDay = minutes.max(DAY_MIN);
const id = z.string().min(1).max(64);
const half = z.enum(['first', 'second']).nullable();
const list = <T extends z.ZodType>(item: T) => z.array(item).max(COUNT_AT_MOST).default([]);
const breakRule = { breakMin: withinDay, paidBreak: z.boolean() };

/** Dates or devices as keys. */
function keyed<T extends z.ZodType, K>(value: T, parseKey: (key: string) => K | null, what: string) {
  return z
    .record(z.string(), value)
    .default({})
    .transform((record, context) => {
      const map = new Map<K, z.output<T>>();
      for (const [key, one] of Object.entries(record)) {
        const parsedKey = parseKey(key);
        if (parsedKey === null) context.addIssue({ code: 'custom', path: [key], message: `is not ${what}` });
        else map.set(parsedKey, one);
      }
      return map;
    });
}

const pauses = z
  .array(z.strictObject({ from: timeOfDay, to: timeOfDay }))
  .max(4)
  .default([]);

const fixed = z
  .strictObject({
    kind: z.literal('fixed'),
    start: timeOfDay,
    end: timeOfDay,
    ...breakRule,
    graceInMin: withinDay,
    graceOutMin: withinDay,
    captureBeforeMin: withinDay,
    captureAfterMin: withinDay,
    pauses,
  })
  .transform(({ start, end, pauses: given, ...rest }): FixedShift => {
    const after = (time: number): number => (time < start ? time + DAY_MIN : time);
    return {
      ...rest,
      startOfDayMin: start,
      endOfDayMin: end,
      pauses: given.map(({ from, to }) => ({ fromMin: after(from), toMin: after(to) })),
    };
  });

const flexible = z
  .strictObject({ kind: z.literal('flexible'), dayStart: timeOfDay, targetMin: withinDay, ...breakRule })
  .transform(({ dayStart, ...rest }): FlexibleShift => ({ ...rest, dayStartMin: dayStart }));

const open = z
  .strictObject({ kind: z.literal('open'), dayStart: timeOfDay, ...breakRule })
  .transform(({ dayStart, breakMin, paidBreak }): FlexibleShift => ({
    kind: 'flexible',
    dayStartMin: dayStart,
    targetMin: null,
    breakMin,
    paidBreak,
  }));

const shift = z.discriminatedUnion('kind', [fixed, flexible, open]);

const weekday = z
  .enum(WEEKDAYS)
  .transform((name: Weekday) => ({ weekday: WEEKDAYS.indexOf(name), occurrences: null }));
const someWeekdays = z
  .strictObject({ weekday: z.enum(WEEKDAYS), occurrences: z.array(z.int().min(1).max(5)).min(1) })
  .transform((off) => ({ weekday: WEEKDAYS.indexOf(off.weekday), occurrences: off.occurrences }));

const roster = z.strictObject({
  default: id,
  weeklyOff: z
    .array(z.union([weekday, someWeekdays]))
    .max(50)
    .default([]),
  dates: keyed(id, parseDate, 'a date (YYYY-MM-DD)'),
  rotation: z
    .strictObject({ anchor: date, pattern: z.array(id).min(1).max(400) })
    .nullable()
    .default(null),
  swaps: list(
    z.strictObject({
      date,
      takes: id,
      agreedBy: z.array(z.enum(['employee', 'colleague'])).max(2),
    }),
  ),
});

const punchObject = z
  .strictObject({
    at: instant,
    direction: z.enum(['in', 'out']).optional(),
    device: z.string().min(1).max(128).optional(),
    quality: z.enum(['trusted', 'bounded', 'unverified', 'tampered']).default('trusted'),
  })
  .transform(({ at, direction, device, quality }) => ({
    atMs: at,
    direction: direction ?? null,
    device: device ?? '',
    quality,
  }));
const punchText = instant.transform((atMs) => ({
  atMs,
  direction: null,
  device: '',
  quality: 'trusted' as const,
}));
const punch = z.union([punchText, punchObject]);

const voided = z.union([
  instant.transform((atMs) => ({ atMs, device: null })),
  z
    .strictObject({ at: instant, device: z.string().min(1).max(128).optional() })
    .transform(({ at, device }) => ({ atMs: at, device: device ?? null })),
]);

const correction = z.strictObject({
  date,
  add: list(punch),
  void: list(voided),
  reason: z.string().max(500).default(''),
});

/** Both ends given in order; `to` may equal `from`. */
function ordered<T extends { from: number; to: number }>(schema: z.ZodType<T>) {
  return schema.superRefine(({ from, to }, context) => {
    if (to < from) context.addIssue({ code: 'custom', path: ['to'], message: 'lies before from' });
  });
}

const overtimeFields = {
  before: z.boolean(),
  after: z.boolean(),
  onOff: z.boolean(),
  minBlockMin: withinDay,
  roundDownMin: withinDay,
};
const nightWindow = z
  .strictObject({ from: timeOfDay.prefault('22:00'), to: timeOfDay.prefault('06:00') })
  .transform(({ from, to }) => ({ fromMin: from, toMin: to }));
const thresholdMin = withinDay.nullable();
const lateRule = z
  .strictObject({ everyNth: z.int().min(1).max(1000), costDays: z.number().min(0).max(31) })
  .nullable();
const missingPunch = z.enum(['exception', 'half', 'absent']);

const policy = z.strictObject({
  fullDayMin: thresholdMin.default(null),
  halfDayMin: thresholdMin.default(null),
  duplicateWithinSec: z.int().min(0).max(86_400).default(60),
  maxSessionMin: z.int().min(1).max(2880).default(960),
  overtime: z
    .strictObject({
      before: overtimeFields.before.default(false),
      after: overtimeFields.after.default(true),
      onOff: overtimeFields.onOff.default(true),
      minBlockMin: overtimeFields.minBlockMin.default(30),
      roundDownMin: overtimeFields.roundDownMin.default(15),
    })
    .prefault({}),
  nightWindow: nightWindow.prefault({}),
  lateRule: lateRule.default(null),
  missingPunch: missingPunch.default('exception'),
});

/** What may change from a date on: the rules that judge a single day. */
const policyPatch = z.strictObject({
  fullDayMin: thresholdMin.optional(),
  halfDayMin: thresholdMin.optional(),
  overtime: z.strictObject(overtimeFields).partial().optional(),
  nightWindow: nightWindow.optional(),
  missingPunch: missingPunch.optional(),
});
/** What a simulation may change: over a whole period the late rule too. */
export const simulatedPolicy = policyPatch.extend({ lateRule: lateRule.optional() });
export type PolicyPatch = z.output<typeof simulatedPolicy>;

const companyRule = z.strictObject({
  rule: z.enum(PACK_RULES),
  value: z.number().min(0).max(1_000_000),
  from: date,
  until: date.nullable().default(null),
  source: z.string().min(1).max(200),
});

export const scenarioDocument = z.strictObject({
  zone: z.string().min(1).max(64),
  pack: z.string().min(1).max(64).default('none'),
  asOf: instant,
  period: ordered(z.strictObject({ from: date, to: date })).superRefine(({ from, to }, context) => {
    if (to - from >= PERIOD_DAYS_AT_MOST)
      context.addIssue({ code: 'custom', path: ['to'], message: 'lies more than a century after from' });
  }),
  employee: z
    .strictObject({ joined: date.nullable().default(null), left: date.nullable().default(null) })
    .prefault({})
    .superRefine(({ joined, left }, context) => {
      if (joined !== null && left !== null && left < joined)
        context.addIssue({ code: 'custom', path: ['left'], message: 'lies before joined' });
    }),
  shifts: z
    .record(id, shift)
    .superRefine((shifts, context) => {
      if ('OFF' in shifts)
        context.addIssue({ code: 'custom', path: ['OFF'], message: 'is the word for no shift' });
    })
    .transform((shifts) => new Map(Object.entries(shifts))),
  roster,
  holidays: list(date).transform((dates): ReadonlySet<DayNumber> => new Set(dates)),
  leaves: list(
    ordered(
      z.strictObject({
        from: date,
        to: date,
        kind: z.string().regex(/^[^\s:]{1,16}$/),
        half: half.default(null),
      }),
    ),
  ),
  policy: policy.prefault({}),
  punches: z.array(punch).max(COUNT_AT_MOST),
  corrections: list(correction),
  outages: list(ordered(z.strictObject({ from: instant, to: instant }))),
  zoneChanges: list(z.strictObject({ from: date, zone: z.string().min(1).max(64) })),
  policyChanges: list(z.strictObject({ from: date, policy: policyPatch })),
  companyRules: list(companyRule),
  carried: z.strictObject({ quarterOvertimeMin: minutes.max(1_000_000).default(0) }).prefault({}),
  overtimeConsents: list(date).transform((dates): ReadonlySet<DayNumber> => new Set(dates)),
  gates: keyed(z.enum(['in', 'out']), (device) => device, 'a device'),
});

export type ScenarioDocument = z.output<typeof scenarioDocument>;
