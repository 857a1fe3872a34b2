// Entry of the server process: settings in, one readiness line on standard output, everything else on standard error.
import { OperationalError, UserError } from '@hazri/shared/result';
import { parseConfig } from './platform/config/config.js';
import { jsonLogger } from './platform/logging/logger.js';
import { startServer } from './start-server.js';

const logger = jsonLogger(() => Date.now());

async function main(): Promise<void> {
  const config = parseConfig();
  const server = await startServer(config, { logger });
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('stopping failed', error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const ready = {
    ready: true,
    console: server.url,
    http: `http://localhost:${String(server.httpPort)}`,
    data: config.dataFolder,
    signIn: server.signIn,
  };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

/** One sentence for the person who started it. */
function sentenceFor(error: unknown): string {
  if (error instanceof UserError) return error.message;
  if (error instanceof OperationalError && error.code === 'DATABASE_UNREACHABLE') {
    return 'The database does not answer. Check DATABASE_URL, or that the data folder is readable.';
  }
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'SQLITE_FULL')
    return 'The disk is full. Free some space and start again.';
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return 'The data folder cannot be written. Set HAZRI_DATA to a folder that can.';
  }
  logger.error('start failed', error);
  return 'The server could not start; the line above says where.';
}

main().catch((error: unknown) => {
  process.stderr.write(`${sentenceFor(error)}\n`);
  process.exitCode = error instanceof UserError && error.code === 'CONFIG_INVALID' ? 2 : 1;
});
