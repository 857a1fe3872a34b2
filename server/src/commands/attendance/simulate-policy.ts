// `attendance simulate --in scenario.json --policy policy.json`: a changed policy over a past period, before it takes effect.
import { computeAttendance } from '@hazri/shared/domain/attendance/compute';
import { comparePolicies } from '@hazri/shared/domain/payroll/simulate';
import { formatDate } from '@hazri/shared/domain/schedule/calendar';
import { needed, parseOptions } from './options.js';
import { patchedPolicy, readPolicyPatch, readScenario, toScenario } from './read-scenario.js';

const USAGE = `Usage: ./hazri attendance simulate --in scenario.json --policy policy.json

Computes the period twice, as it is and with the keys of policy.json changed, and prints what differs:
every day whose status or minutes change, the change of every figure, and whether the person gains or loses.
  --in FILE      the scenario
  --policy FILE  the keys of "policy" that change; lateRule may be among them
`;

export function simulatePolicyCommand(args: readonly string[]): string {
  const given = parseOptions(args, { in: 'string', policy: 'string' });
  if (given.help === true) return USAGE;
  const scenario = toScenario(readScenario(needed(given.in, '--in')));
  const policy = patchedPolicy(scenario.policy, readPolicyPatch(needed(given.policy, '--policy')));
  const changed = { ...scenario, policy, policyChanges: [] };
  const comparison = comparePolicies(
    [computeAttendance(scenario), scenario.policy],
    [computeAttendance(changed), policy],
  );
  const days = comparison.days.map((day) => ({ ...day, date: formatDate(day.date) }));
  return `${JSON.stringify({ ...comparison, days }, null, 2)}\n`;
}
