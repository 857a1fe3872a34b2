// Golden scenarios: each file of tests/golden/attendance is one case with its input, what must come out, and why. The
// expected values were reasoned from the rules (docs/attendance/contract.md), never taken from the engine.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { computeAttendance } from '../../shared/dist/domain/attendance/compute.js';
import { periodReport } from '../../shared/dist/domain/payroll/period-report.js';
import { UserError } from '../../shared/dist/result/result.js';
import { parseScenario, toScenario } from '../../server/dist/commands/attendance/read-scenario.js';

interface Golden {
  readonly shows: string;
  readonly why: string;
  /** The public report of the bug that this prevents, as owner/repository#number. */
  readonly thread?: string;
  readonly scenario: unknown;
  readonly expect: {
    readonly days?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly summary?: Readonly<Record<string, number>>;
    readonly payrollEvents?: readonly unknown[];
    readonly error?: { readonly code: string; readonly path?: string };
  };
}

const folder = path.join(import.meta.dirname, 'attendance');
const goldens = readdirSync(folder)
  .sort()
  .map((file) => ({ file, golden: JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Golden }));

function errorOf(scenario: unknown): { code: string; path?: string } | null {
  try {
    toScenario(parseScenario(scenario));
    return null;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { code: error.code, ...(error.path === undefined ? {} : { path: error.path }) };
  }
}

describe('golden scenarios', () => {
  it.each(goldens)('$file', ({ golden }) => {
    const { scenario: json, expect: expected } = golden;
    if (expected.error !== undefined) {
      expect(errorOf(json)).toEqual(expected.error);
      return;
    }
    const scenario = toScenario(parseScenario(json));
    const report = periodReport(scenario, computeAttendance(scenario), false);
    for (const [date, day] of Object.entries(expected.days ?? {}))
      expect(
        report.days.find((one) => one.date === date),
        date,
      ).toMatchObject(day);
    if (expected.summary !== undefined) expect(report.summary).toMatchObject(expected.summary);
    if (expected.payrollEvents !== undefined) expect(report.payrollEvents).toEqual(expected.payrollEvents);
  });

  it('are many, and many of them are bugs that others reported', () => {
    expect(goldens.length).toBeGreaterThanOrEqual(150);
    const threads = new Set(goldens.flatMap(({ golden }) => golden.thread ?? []));
    expect(threads.size).toBeGreaterThanOrEqual(40);
    for (const { golden } of goldens) expect(golden.why).not.toBe('');
  });
});
