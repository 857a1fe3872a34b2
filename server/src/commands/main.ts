// The server's command line: `node server/dist/commands/main.js <group> <command> …`.
// Data goes to standard output, everything else to standard error. Exit 0 done, 1 failed, 2 bad input.
import { OperationalError, UserError } from '@hazri/shared/result';
import type { CommandInput } from './command.js';

const USAGE = `Usage: ./hazri audit verify [--json]   checks every company's audit chain
       ./hazri status [--json]         what this server's data folder holds
       ./hazri attendance compute --in scenario.json [--explain]
                                       one person's period from punches to pay, without a server
       ./hazri attendance simulate --in scenario.json --policy policy.json
                                       what another policy would have made of it
       ./hazri attendance schema       the JSON Schema of a scenario
       ./hazri payroll figures --in scenario.json [--emitted figures.json]
                                       what a payroll takes of it, or the difference
`;

/** Commands that need no server: their arguments in, standard output out. */
const PURE_COMMANDS: Readonly<Record<string, () => Promise<(args: readonly string[]) => string>>> = {
  'attendance compute': async () =>
    (await import('./attendance/compute-attendance.js')).computeAttendanceCommand,
  'attendance simulate': async () => (await import('./attendance/simulate-policy.js')).simulatePolicyCommand,
  'attendance schema': async () => (await import('./attendance/print-schema.js')).printSchemaCommand,
  'payroll figures': async () => (await import('./payroll/payroll-figures.js')).payrollFiguresCommand,
};

type DataCommand = (input: CommandInput) => Promise<number>;

/** Commands over the server's data. Like the others they are loaded only when asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<DataCommand>>> = {
  'audit verify': async () => (await import('./verify-audit.js')).verifyAudit,
  status: async () => (await import('./show-status.js')).showStatus,
};

async function main(args: readonly string[]): Promise<number> {
  const pure = PURE_COMMANDS[args.slice(0, 2).join(' ')];
  if (pure !== undefined) {
    process.stdout.write((await pure())(args.slice(2)));
    return 0;
  }
  if (args.length === 0 || args.includes('--help') || args.includes('-h')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const words = args.filter((argument) => !argument.startsWith('-'));
  const unknownOption = args.find((argument) => argument.startsWith('-') && argument !== '--json');
  const load = COMMANDS[words.join(' ')];
  if (load === undefined || unknownOption !== undefined) {
    throw new UserError('COMMAND_UNKNOWN', `There is no command "${args.join(' ')}"; see --help.`);
  }
  const { parseConfig } = await import('../platform/config/config.js');
  return (await load())({
    config: parseConfig(),
    isJson: args.includes('--json'),
    print: (line) => void process.stdout.write(`${line}\n`),
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UserError) {
    const { code, message, path } = error;
    process.stdout.write(`${JSON.stringify({ error: { code, message, path } })}\n`);
    process.stderr.write(`${message}\n`);
    process.exitCode = 2;
  } else {
    const code = error instanceof OperationalError ? error.code : 'UNEXPECTED';
    process.stderr.write(`The command failed (${code}).\n`);
    process.exitCode = 1;
  }
}
