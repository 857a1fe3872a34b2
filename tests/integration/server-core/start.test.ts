// Starting and failing to start: one sentence for what a person can mend, and nothing left behind.
import { createServer } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerConfig, parseConfig } from '../../../server/src/platform/config/config.js';
import { jsonLogger } from '../../../server/src/platform/logging/logger.js';
import { type RunningServer, startServer } from '../../../server/src/start-server.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hazri-start-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const logger = jsonLogger(Date.now, () => undefined);
const config = (name: string, more: Record<string, string> = {}): ServerConfig =>
  parseConfig({ HAZRI_DATA: path.join(folder, name), HAZRI_PORT: '0', HAZRI_HTTP_PORT: '0', ...more });
const start = (settings: ServerConfig): Promise<RunningServer> => startServer(settings, { logger });

describe('starting', { timeout: 30_000 }, () => {
  it('is refused while another server works on the same data, and possible when it has stopped', async () => {
    const first = await start(config('shared'));
    await expect(start(config('shared'))).rejects.toMatchObject({ code: 'ALREADY_RUNNING' });
    await first.close();
    const second = await start(config('shared'));
    await second.close();
  });

  it('says which port is busy, lets go of everything, and works on another one', async () => {
    const squatter = createServer();
    const port = await new Promise<number>((resolve) => {
      squatter.listen(0, '127.0.0.1', () => {
        resolve((squatter.address() as { port: number }).port);
      });
    });
    for (const setting of ['HAZRI_PORT', 'HAZRI_HTTP_PORT']) {
      await expect(start(config('busy', { [setting]: String(port) }))).rejects.toMatchObject({
        code: 'PORT_BUSY',
        message: expect.stringContaining(setting) as string,
      });
    }
    const server = await start(config('busy'));
    await server.close();
    squatter.close();
  });

  it('refuses a database whose root key is another one', async () => {
    const settings = config('rekeyed');
    const server = await start(settings);
    await server.close();
    rmSync(settings.rootKey.file);
    await expect(start(settings)).rejects.toMatchObject({ code: 'ROOT_KEY_WRONG' });
  });

  it('refuses a certificate that cannot be used, and a database that does not answer', async () => {
    const missing = { HAZRI_TLS_CERT: '/nowhere.pem', HAZRI_TLS_KEY: '/nowhere.key' };
    await expect(start(config('tls', missing))).rejects.toMatchObject({ code: 'CERTIFICATE_UNREADABLE' });
    const silent = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    await expect(start(config('silent', silent))).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
  });
});
