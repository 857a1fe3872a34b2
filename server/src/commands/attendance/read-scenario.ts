// A scenario file becomes what the engine takes, or an error that names the place in the file.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { merged } from '@hazri/shared/domain/attendance/interval';
import { correct } from '@hazri/shared/domain/attendance/punch';
import { PACKS } from '@hazri/shared/domain/attendance/packs/packs';
import type { PackInUse } from '@hazri/shared/domain/attendance/packs/in-use';
import { type Policy, type Scenario, atGates } from '@hazri/shared/domain/attendance/scenario';
import { OFF } from '@hazri/shared/domain/schedule/roster';
import { type ZoneRules, movedZone } from '@hazri/shared/domain/schedule/zone-rules';
import {
  type PolicyPatch,
  type ScenarioDocument,
  scenarioDocument,
  simulatedPolicy,
} from '@hazri/shared/protocol/scenario';
import { UserError } from '@hazri/shared/result';
import { isIanaZone, zoneRules } from '../../platform/clock/zone-rules.js';
import { callerFolder } from '../../platform/config/caller-folder.js';

const DAY_MS = 86_400_000;
/** Windows and punches reach this far around the period; a night window a day further. */
const MARGIN_DAYS = 10;

/** `policy.overtime.after`, `punches[0].at` */
export function pathText(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${String(key)}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

type Issue = z.core.$ZodIssue;

/** Of a text-or-object, the alternative that was meant: the one that did not fail at its very type. */
function meant(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const alternatives = issue.errors.map((errors) => errors[0]).filter((error) => error !== undefined);
  const best =
    alternatives.find((error) => error.path.length > 0 || error.code !== 'invalid_type') ?? alternatives[0];
  return best === undefined ? issue : { ...meant(best), path: [...issue.path, ...best.path] };
}

function issueError(issues: readonly Issue[]): UserError {
  const all = issues.map(meant);
  const unknown = all.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown?.code === 'unrecognized_keys') {
    const place = pathText([...unknown.path, unknown.keys[0] ?? '']);
    return new UserError('SCENARIO_UNKNOWN_KEY', `There is no key "${place}" in a scenario.`, place);
  }
  const place = pathText(all[0]?.path ?? []);
  const what = all[0]?.message ?? 'is not a scenario';
  const subject = place === '' ? 'The file' : `"${place}"`;
  return new UserError('SCENARIO_INVALID', `${subject} cannot be used: ${what}.`, place);
}

/** Throws UserError FILE_UNREADABLE or FILE_NOT_JSON; the file is relative to the caller. */
export function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(path.resolve(callerFolder(), file), 'utf8');
  } catch {
    throw new UserError('FILE_UNREADABLE', `The file ${file} cannot be read.`);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new UserError('FILE_NOT_JSON', `The file ${file} is not JSON.`);
  }
}

/** Throws UserError SCENARIO_UNKNOWN_SHIFT for a roster that names a shift which the file does not have. */
function checkShifts({ shifts, roster }: ScenarioDocument): void {
  const named: [string, string][] = [['roster.default', roster.default]];
  for (const [at, id] of (roster.rotation?.pattern ?? []).entries())
    if (id !== OFF) named.push([`roster.rotation.pattern[${String(at)}]`, id]);
  for (const [at, { takes }] of roster.swaps.entries())
    if (takes !== OFF) named.push([`roster.swaps[${String(at)}].takes`, takes]);
  for (const [date, id] of roster.dates)
    if (id !== OFF) named.push([`roster.dates.${new Date(date * DAY_MS).toISOString().slice(0, 10)}`, id]);
  for (const [place, id] of named) {
    if (!shifts.has(id))
      throw new UserError('SCENARIO_UNKNOWN_SHIFT', `"${place}" names no shift of this file.`, place);
  }
}

/** Key by key; what the patch does not name stays. */
export const patchedPolicy = (policy: Policy, patch: PolicyPatch): Policy => ({
  ...policy,
  ...definedOf(patch),
  overtime: { ...policy.overtime, ...definedOf(patch.overtime ?? {}) },
});

/** Without keys that are there but undefined, as optional keys of a schema are. */
function definedOf<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function packOf({ pack: id, companyRules, carried, overtimeConsents }: ScenarioDocument): PackInUse {
  const pack = PACKS.get(id);
  if (pack === undefined)
    throw new UserError('SCENARIO_UNKNOWN_PACK', `There is no rule pack "${id}".`, 'pack');
  return {
    pack,
    overlay: companyRules.map((rule) => ({ ...rule, isConfirmed: true })),
    carriedOvertimeMin: carried.quarterOvertimeMin,
    consents: overtimeConsents,
  };
}

function zoneOf({ zone, zoneChanges, period }: ScenarioDocument): ZoneRules {
  const named = (name: string, place: string): ZoneRules => {
    if (!isIanaZone(name)) throw new UserError('SCENARIO_UNKNOWN_ZONE', 'There is no such time zone.', place);
    return zoneRules(name, (period.from - MARGIN_DAYS) * DAY_MS, (period.to + MARGIN_DAYS) * DAY_MS);
  };
  const moves = zoneChanges.map(({ from, zone: name }, at) => ({
    from,
    to: named(name, `zoneChanges[${String(at)}].zone`),
  }));
  return moves
    .sort((a, b) => a.from - b.from)
    .reduce((before, { from, to }) => movedZone(before, to, from), named(zone, 'zone'));
}

export function toScenario(document: ScenarioDocument): Scenario {
  const { period, employee, roster, corrections } = document;
  const zone = zoneOf(document);
  checkShifts(document);
  const corrected = correct(
    atGates(document.punches, document.gates),
    corrections.map(({ date, add, void: voided }) => ({
      date,
      add: atGates(add, document.gates),
      void: voided,
    })),
  );
  if (!corrected.ok) {
    const { code, correction, entry } = corrected.error;
    const place = `corrections[${String(correction)}].void[${String(entry)}]`;
    throw new UserError(code, `"${place}" names a punch that does not exist.`, place);
  }
  return {
    zone,
    joined: employee.joined,
    left: employee.left,
    asOfMs: document.asOf,
    period,
    shifts: document.shifts,
    roster: {
      defaultShift: roster.default,
      weeklyOffs: roster.weeklyOff,
      dates: roster.dates,
      rotation: roster.rotation,
      swaps: roster.swaps.map(({ date, takes, agreedBy }) => ({
        date,
        takes,
        isAgreedByEmployee: agreedBy.includes('employee'),
        isAgreedByColleague: agreedBy.includes('colleague'),
      })),
    },
    holidays: document.holidays,
    leaves: document.leaves,
    policy: document.policy,
    policyChanges: [...document.policyChanges]
      .sort((a, b) => a.from - b.from)
      .reduce<{ from: number; policy: Policy }[]>((changes, { from, policy }) => {
        const before = changes.at(-1)?.policy ?? document.policy;
        return [...changes, { from, policy: patchedPolicy(before, policy) }];
      }, []),
    pack: packOf(document),
    punches: corrected.value,
    outages: merged(document.outages.map(({ from, to }) => ({ fromMs: from, toMs: to }))),
  };
}

export function parseScenario(json: unknown): ScenarioDocument {
  const parsed = scenarioDocument.safeParse(json);
  if (!parsed.success) throw issueError(parsed.error.issues);
  return parsed.data;
}

/** A file with the keys of a policy that change; the late rule may be one of them. */
export function readPolicyPatch(file: string): PolicyPatch {
  const parsed = simulatedPolicy.safeParse(readJson(file));
  if (!parsed.success) throw issueError(parsed.error.issues);
  return parsed.data;
}

export const readScenario = (file: string): ScenarioDocument => parseScenario(readJson(file));
