// `attendance compute --in scenario.json [--explain]`: the pure engine without a server.
import { parseArgs } from 'node:util';
import { computeAttendance } from '@hazri/shared/domain/attendance/compute';
import { periodReport } from '@hazri/shared/domain/payroll/period-report';
import { UserError } from '@hazri/shared/result';
import { readScenario, toScenario } from './read-scenario.js';

const USAGE = `Usage: ./hazri attendance compute --in scenario.json [--explain]

Computes one person's period and prints days, summary and payroll events as JSON.
  --in FILE   the scenario; docs/attendance/contract.md says what it holds
  --explain   adds to every day which rules made it what it is, in English and Hindi
`;

function options(args: readonly string[]): { in?: string; explain?: boolean; help?: boolean } {
  try {
    return parseArgs({
      args: [...args],
      options: {
        in: { type: 'string' },
        explain: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch {
    throw new UserError('OPTION_UNKNOWN', 'An option of this command is wrong; see --help.');
  }
}

/** Returns what goes to standard output. */
export function computeAttendanceCommand(args: readonly string[]): string {
  const given = options(args);
  if (given.help === true) return USAGE;
  if (given.in === undefined)
    throw new UserError('OPTION_MISSING', 'Say which file: --in scenario.json.', '--in');
  const scenario = toScenario(readScenario(given.in));
  const report = periodReport(scenario, computeAttendance(scenario), given.explain === true);
  return `${JSON.stringify(report, null, 2)}\n`;
}
