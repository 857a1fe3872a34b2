// The attendance and payroll commands as a person types them: a file in, JSON out, errors that name their place.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from '../support/feeds.js';

const program = path.join(root, 'server/dist/commands/main.js');
const folder = mkdtempSync(path.join(os.tmpdir(), 'hazri-attendance-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const shift = {
  kind: 'fixed',
  start: '09:30',
  end: '18:30',
  breakMin: 60,
  paidBreak: false,
  graceInMin: 10,
  graceOutMin: 5,
  captureBeforeMin: 120,
  captureAfterMin: 240,
};
const scenario = {
  zone: 'Asia/Kolkata',
  asOf: '2026-03-10T00:00:00+05:30',
  period: { from: '2026-03-02', to: '2026-03-03' },
  shifts: { G: shift },
  roster: { default: 'G' },
  punches: [
    '2026-03-02T09:31:00+05:30',
    { at: '2026-03-02T20:40:00+05:30', direction: 'out', device: 'D1' },
    '2026-03-03T09:50:00+05:30',
    '2026-03-03T18:30:00+05:30',
  ],
};

function write(name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}
const run = (args: readonly string[], env: Record<string, string> = {}): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder, ...env },
    encoding: 'utf8',
  });
const refusal = (args: readonly string[]): { status: number | null; error: unknown } => {
  const done = run(args);
  return { status: done.status, error: (JSON.parse(done.stdout) as { error: unknown }).error };
};

describe('attendance compute', () => {
  it('computes a file relative to the caller', () => {
    write('scenario.json', scenario);
    const done = run(['attendance', 'compute', '--in', 'scenario.json']);
    expect(done.stderr).toBe('');
    expect(done.status).toBe(0);
    const report = JSON.parse(done.stdout) as Record<string, unknown>;
    expect(Object.keys(report)).toEqual(['days', 'summary', 'payrollEvents']);
    expect(report['summary']).toMatchObject({ presentDays: 2, lateCount: 1, overtimeMin: 120 });
  });

  it('gives the same bytes in any zone and language of the machine', () => {
    const file = write('scenario.json', scenario);
    const bytes = [
      { TZ: 'UTC', LANG: 'C' },
      { TZ: 'America/New_York', LANG: 'hi_IN.UTF-8', LC_ALL: 'hi_IN.UTF-8' },
      { TZ: 'Pacific/Apia', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' },
    ].map((env) => run(['attendance', 'compute', '--in', file, '--explain'], env).stdout);
    expect(new Set(bytes).size).toBe(1);
    expect(bytes[0]).toContain('computedWith');
  });

  it('explains each day in two languages with the pack that applies', () => {
    const file = write('packed.json', { ...scenario, pack: 'in-factories-act' });
    const report = JSON.parse(run(['attendance', 'compute', '--in', file, '--explain']).stdout) as {
      days: {
        trace: { rule: string; pack: string; version: number; source: string; text: { hi: string } }[];
      }[];
      payrollEvents: { code: string; rate: number | null }[];
      computedWith: { pack: string; tzdb: string };
    };
    const breach = report.days[0]?.trace.find(({ rule }) => rule === 'OVER_DAY_HOURS');
    expect(breach).toMatchObject({
      pack: 'in-factories-act',
      version: 1,
      source: 'Factories Act 1948, s.54',
    });
    for (const { text } of report.days.flatMap(({ trace }) => trace))
      expect(text.hi).toMatch(/[\u0900-\u097f]/);
    expect(report.payrollEvents.find(({ code }) => code === 'OVERTIME_MIN')?.rate).toBe(2);
    expect(report.computedWith).toMatchObject({ pack: 'in-factories-act@1', tzdb: process.versions.tz });
  });

  it('names the place of a mistake and ends with 2', () => {
    const file = write('wrong.json', { ...scenario, policy: { overtime: { afterwards: true } } });
    expect(refusal(['attendance', 'compute', '--in', file])).toMatchObject({
      status: 2,
      error: { code: 'SCENARIO_UNKNOWN_KEY', path: 'policy.overtime.afterwards' },
    });
    const broken = write('broken.json', '{ "zone": ');
    expect(refusal(['attendance', 'compute', '--in', broken])).toMatchObject({
      status: 2,
      error: { code: 'FILE_NOT_JSON' },
    });
    expect(refusal(['attendance', 'compute', '--in', 'nowhere.json'])).toMatchObject({
      status: 2,
      error: { code: 'FILE_UNREADABLE' },
    });
    expect(refusal(['attendance', 'compute'])).toMatchObject({
      status: 2,
      error: { code: 'OPTION_MISSING' },
    });
    expect(refusal(['attendance', 'compute', '--out', 'x'])).toMatchObject({
      status: 2,
      error: { code: 'OPTION_UNKNOWN' },
    });
  });

  it('has a page of help', () => {
    const done = run(['attendance', 'compute', '--help']);
    expect(done.status).toBe(0);
    expect(done.stdout).toMatch(/^Usage: /);
  });
});

describe('attendance schema', () => {
  it('is the one in the documentation', () => {
    const documented = readFileSync(path.join(root, 'docs/attendance/scenario.schema.json'), 'utf8');
    expect(JSON.parse(run(['attendance', 'schema']).stdout)).toEqual(JSON.parse(documented));
  });
});

describe('attendance simulate', () => {
  it('says who would lose what', () => {
    const file = write('scenario.json', scenario);
    const policy = write('policy.json', { lateRule: { everyNth: 1, costDays: 0.5 } });
    const done = run(['attendance', 'simulate', '--in', file, '--policy', policy]);
    expect(JSON.parse(done.stdout)).toMatchObject({
      days: [],
      change: { payableDays: -0.5, lateLopDays: 0.5 },
      verdict: 'loses',
    });
    const generous = write('policy.json', { overtime: { minBlockMin: 0, roundDownMin: 0 } });
    const gains = JSON.parse(
      run(['attendance', 'simulate', '--in', file, '--policy', generous]).stdout,
    ) as object;
    // 18:30 to 20:40 is 130 minutes, of which 120 counted before.
    expect(gains).toMatchObject({ days: [{ date: '2026-03-02', overtimeMin: 10 }], verdict: 'gains' });
    const wrong = write('policy.json', { overtime: { block: 0 } });
    expect(refusal(['attendance', 'simulate', '--in', file, '--policy', wrong])).toMatchObject({
      status: 2,
      error: { code: 'SCENARIO_UNKNOWN_KEY', path: 'overtime.block' },
    });
  });
});

describe('payroll figures', () => {
  interface Figures {
    readonly figures: { code: string; quantity: number }[];
    readonly delta?: unknown[];
    readonly lockHash: string;
  }
  const figures = (args: readonly string[]): Figures =>
    JSON.parse(run(['payroll', 'figures', ...args]).stdout) as Figures;

  it('are emitted once and then only revised', () => {
    const file = write('scenario.json', scenario);
    const before = figures(['--in', file]);
    expect(before.figures).toContainEqual({ code: 'PAYABLE_DAYS', quantity: 2, rate: null });
    const emitted = write('emitted.json', before);
    expect(figures(['--in', file, '--emitted', emitted]).delta).toEqual([]);
    const absent = write('later.json', { ...scenario, punches: scenario.punches.slice(0, 2) });
    const after = figures(['--in', absent, '--emitted', emitted]);
    expect(after.delta).toContainEqual({ code: 'PAYABLE_DAYS', quantity: -1, rate: null });
    expect(after.delta).toContainEqual({ code: 'NCP_DAYS', quantity: 1, rate: null });
  });

  it('carry the hash of everything they came from', () => {
    const file = write('scenario.json', scenario);
    const { lockHash } = figures(['--in', file]);
    expect(lockHash).toMatch(/^[0-9a-f]{64}$/);
    expect(figures(['--in', file]).lockHash).toBe(lockHash);
    const other = write('other.json', { ...scenario, asOf: '2026-03-10T00:00:01+05:30' });
    expect(figures(['--in', other]).lockHash).not.toBe(lockHash);
  });

  it('refuse what is no list of figures', () => {
    const file = write('scenario.json', scenario);
    const emitted = write('emitted.json', [{ code: 'X' }]);
    expect(refusal(['payroll', 'figures', '--in', file, '--emitted', emitted])).toMatchObject({
      status: 2,
      error: { code: 'FIGURES_INVALID' },
    });
    expect(refusal(['payroll', 'figures', '--in', file, '--ncp', 'sideways'])).toMatchObject({
      status: 2,
      error: { code: 'OPTION_UNKNOWN' },
    });
  });
});
