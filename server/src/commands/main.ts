// The server's command line: `node server/dist/commands/main.js <group> <command> …`.
// Data goes to standard output, everything else to standard error. Exit 0 done, 1 failed, 2 bad input.
import { OperationalError, UserError } from '@hazri/shared/result';
import { parseConfig } from '../platform/config/config.js';
import type { CommandInput } from './command.js';
import { verifyAudit } from './verify-audit.js';
import { showStatus } from './show-status.js';

const USAGE = `Usage: ./hazri audit verify [--json]   checks every company's audit chain
       ./hazri status [--json]         what this server's data folder holds
`;

const COMMANDS: Readonly<Record<string, (input: CommandInput) => Promise<number>>> = {
  'audit verify': verifyAudit,
  status: showStatus,
};

async function main(args: readonly string[]): Promise<number> {
  if (args.length === 0 || args.includes('--help') || args.includes('-h')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const words = args.filter((argument) => !argument.startsWith('-'));
  const unknownOption = args.find((argument) => argument.startsWith('-') && argument !== '--json');
  const run = COMMANDS[words.join(' ')];
  if (run === undefined || unknownOption !== undefined) {
    throw new UserError('COMMAND_UNKNOWN', `There is no command "${args.join(' ')}"; see --help.`);
  }
  return run({
    config: parseConfig(),
    isJson: args.includes('--json'),
    print: (line) => void process.stdout.write(`${line}\n`),
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UserError) {
    const { code, message } = error;
    process.stdout.write(`${JSON.stringify({ error: { code, message } })}\n`);
    process.stderr.write(`${message}\n`);
    process.exitCode = 2;
  } else {
    const code = error instanceof OperationalError ? error.code : 'UNEXPECTED';
    process.stderr.write(`The command failed (${code}).\n`);
    process.exitCode = 1;
  }
}
