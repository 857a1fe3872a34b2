// The tablet's command line: `node kiosk/dist/commands/main.js <group> <command> …`.
// Data goes to standard output, everything else to standard error. Exit 0 done, 1 failed, 2 bad input.

import { UserError } from '@hazri/shared/result';
import { isPipeClosed, reportFailure, reportUserError } from './output.js';

const USAGE = `Usage: ./hazri face embed  (--list FILE | --dir DIR | PICTURE …) [options]
       ./hazri face pairs  --pairs FILE --root DIR [--json]
       ./hazri face identify --gallery CSV --probes CSV [--root DIR] [--json]
       ./hazri face calibrate --dir DIR
       ./hazri face liveness (--list FILE | --dir DIR | FILE …) [options]
       ./hazri face bench [FILE …] [--json]
       ./hazri models list | verify | build | add PACK

Ask any of them for --help.
`;

type Command = (args: readonly string[]) => Promise<number>;

/** Loaded only when asked for, so that help and mistakes answer at once. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  'face embed': async () => (await import('./face/embed-command.js')).runEmbed,
  'face pairs': async () => (await import('./face/pairs-command.js')).runPairs,
  'face identify': async () => (await import('./face/identify-command.js')).runIdentify,
  'face calibrate': async () => (await import('./face/calibrate-command.js')).runCalibrate,
  'face bench': async () => (await import('./face/bench-command.js')).runBench,
  'face liveness': async () => (await import('./face/liveness-command.js')).runLiveness,
  'models list': async () => (await import('./models/models-command.js')).runList,
  'models verify': async () => (await import('./models/models-command.js')).runVerify,
  'models add': async () => (await import('./models/add-command.js')).runAdd,
  'models build': async () => (await import('./models/models-command.js')).runBuild,
};

async function main(args: readonly string[]): Promise<number> {
  const [group = '', name = '', ...rest] = args;
  const load = COMMANDS[`${group} ${name}`];
  if (load) return (await load())(rest);
  if (args.length === 0 || args.includes('--help') || args.includes('-h') || group === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  throw new UserError('COMMAND_UNKNOWN', `There is no command "${`${group} ${name}`.trim()}"; see --help.`);
}

process.stdout.on('error', (error: unknown) => {
  if (isPipeClosed(error)) process.exit(0);
  throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UserError) process.exitCode = reportUserError(error);
  else process.exitCode = reportFailure(error);
}
