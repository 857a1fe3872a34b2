// `payroll figures --in scenario.json [--emitted figures.json]`: what a payroll takes of one person's period, the
// difference to what it was told before, and the hash that a lock of it would carry.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { computeAttendance } from '@hazri/shared/domain/attendance/compute';
import { type NcpRounding, deltaOf, payFigures } from '@hazri/shared/domain/payroll/events';
import { lockText } from '@hazri/shared/domain/payroll/lock';
import { rateOn } from '@hazri/shared/domain/payroll/period-report';
import { payrollEvents, summarise } from '@hazri/shared/domain/payroll/summary';
import { UserError } from '@hazri/shared/result';
import { needed, parseOptions } from '../attendance/options.js';
import { parseScenario, readJson, toScenario } from '../attendance/read-scenario.js';

const USAGE = `Usage: ./hazri payroll figures --in scenario.json [--emitted figures.json] [--ncp half-up|down|up]

Prints the figures of one person's period as JSON: payable days, NCP days, minutes by rate.
  --in FILE       the scenario
  --emitted FILE  figures that were given before: prints the difference as "delta"
  --ncp RULE      how half days become whole NCP days (default half-up)
`;

const figure = z.strictObject({
  code: z.string().min(1).max(64),
  quantity: z.number(),
  rate: z.number().nullable(),
});
const emittedFile = z.union([
  z.array(figure),
  z.object({ figures: z.array(figure) }).transform((file) => file.figures),
]);

function roundingOf(text: string | undefined): NcpRounding {
  const rules: readonly NcpRounding[] = ['half-up', 'down', 'up'];
  const rule = rules.find((one) => one === (text ?? 'half-up'));
  if (rule === undefined) throw new UserError('OPTION_UNKNOWN', '--ncp is half-up, down or up.', '--ncp');
  return rule;
}

function emittedIn(file: string): z.output<typeof emittedFile> {
  const parsed = emittedFile.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  throw new UserError('FIGURES_INVALID', `The file ${file} holds no payroll figures.`, '--emitted');
}

export function payrollFiguresCommand(args: readonly string[]): string {
  const given = parseOptions(args, { in: 'string', emitted: 'string', ncp: 'string' });
  if (given.help === true) return USAGE;
  const json = readJson(needed(given.in, '--in'));
  const scenario = toScenario(parseScenario(json));
  const days = computeAttendance(scenario).days.map(({ result }) => result);
  const figures = payFigures(
    summarise(days, scenario.policy),
    payrollEvents(days, scenario.policy, rateOn(scenario)),
    { ncpRounding: roundingOf(given.ncp), encashedDays: 0 },
  );
  const { id, version } = scenario.pack.pack;
  const text = lockText({
    people: [{ personId: '', scenario: json, figures }],
    packs: [`${id}@${String(version)}`],
    tzdb: scenario.zone.tzdb,
  });
  const lockHash = createHash('sha256').update(text).digest('hex');
  const delta = given.emitted === undefined ? {} : { delta: deltaOf(emittedIn(given.emitted), figures) };
  return `${JSON.stringify({ figures, ...delta, lockHash }, null, 2)}\n`;
}
