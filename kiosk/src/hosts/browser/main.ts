// The tablet in the browser host: the agent in this process, the screen in a Chromium window on this machine.
// Prints one JSON line on standard output when it is ready; everything else goes to standard error.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '@hazri/shared/result';
import { readConfig } from '../../config/config.js';
import { FILE_PROTECTION } from '../../identity/device-key.js';
import { ensurePrivateFolder, removePrivateFile, writePrivateFile } from '../../identity/private-file.js';
import { createTablet } from '../create-agent.js';
import { failWith, onStop, standardLog } from '../run.js';
import { findChromium, openKioskWindow } from './kiosk-window.js';
import { LINK_FILE } from './link-file.js';
import { serveScreen } from './loopback-server.js';
import { sessionFile } from './session-file.js';
import { readScreenFiles } from '../screen-files.js';

const SCREEN_FOLDER = fileURLToPath(new URL('../../ui', import.meta.url));

async function main(args: readonly string[]): Promise<void> {
  const config = readConfig();
  const log = standardLog();
  const files = readScreenFiles(SCREEN_FOLDER);
  if (files === null) {
    throw new UserError('SCREEN_MISSING', 'The tablet screen is not built; run "./hazri build".');
  }
  ensurePrivateFolder(config.dataFolder);
  const linkFile = join(config.dataFolder, LINK_FILE);
  const agent = await createTablet({ config, protection: FILE_PROTECTION, log });
  let link = '';
  const host = await serveScreen({
    agent,
    files,
    port: config.port,
    sessions: sessionFile(join(config.dataFolder, 'sessions')),
    onLink: (fresh) => {
      link = fresh;
      writePrivateFile(linkFile, `${fresh}\n`);
    },
  }).catch(async (error: unknown) => {
    await agent.close();
    throw error;
  });
  onStop(async () => {
    removePrivateFile(linkFile);
    await host.close();
    await agent.close();
  });
  log.info('KIOSK_READY', { port: host.port });
  process.stdout.write(`${JSON.stringify({ ready: true, kiosk: link })}\n`);
  if (!args.includes('--open')) return;
  const chromium = config.hasDisplay ? findChromium() : null;
  if (chromium === null) {
    process.stderr.write('hazri: no display or no Chromium here; open the address above on this machine.\n');
    return;
  }
  openKioskWindow(chromium, link, config.dataFolder);
}

main(process.argv.slice(2)).catch(failWith);
