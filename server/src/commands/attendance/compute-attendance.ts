// `attendance compute --in scenario.json [--explain]`: the pure engine without a server.
import { computeAttendance } from '@hazri/shared/domain/attendance/compute';
import { periodReport } from '@hazri/shared/domain/payroll/period-report';
import { needed, parseOptions } from './options.js';
import { readScenario, toScenario } from './read-scenario.js';

const USAGE = `Usage: ./hazri attendance compute --in scenario.json [--explain]

Computes one person's period and prints days, summary and payroll events as JSON.
  --in FILE   the scenario; docs/attendance/contract.md says what it holds
  --explain   adds to every day which rules made it what it is, in English and Hindi,
              and notices about settings that contradict each other
`;

/** Returns what goes to standard output. */
export function computeAttendanceCommand(args: readonly string[]): string {
  const given = parseOptions(args, { in: 'string', explain: 'boolean' });
  if (given.help === true) return USAGE;
  const scenario = toScenario(readScenario(needed(given.in, '--in')));
  const report = periodReport(scenario, computeAttendance(scenario), given.explain === true);
  return `${JSON.stringify(report, null, 2)}\n`;
}
