// `hazri kiosk`: starts the tablet in Electron where its program can be had, else in the browser host, and says which
// and why. `--link` prints a fresh one-time link of a running browser host instead.
import { type SpawnOptions, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '@hazri/shared/result';
import { type KioskConfig, electronEnvironment, readConfig } from '../config/config.js';
import { ensurePrivateFolder, readPrivateFile, writePrivateFile } from '../identity/private-file.js';
import { LINK_FILE } from './browser/link-file.js';
import { bundlePreload } from './electron/bundle-preload.js';
import { type FoundElectron, fetchElectron, installedElectron } from './electron/find-electron.js';
import { electronDriver } from './electron/native-driver.js';
import { failWith } from './run.js';

const NOT_AGAIN_FOR_MS = 24 * 3_600_000;
const MISSED_FILE = 'electron-not-fetched';
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const say = (text: string): void => {
  process.stderr.write(`hazri: ${text}\n`);
};

async function main(args: readonly string[]): Promise<number> {
  const config = readConfig();
  if (args.includes('--link')) return printLink(config);
  const electron = args.includes('--browser') ? null : prepareElectron(config);
  if (electron !== null) {
    await bundlePreload();
    return run(electron.program, [here('./electron/main.js')], electronEnvironment(electron.driver));
  }
  const open = args.includes('--no-open') ? [] : ['--open'];
  return run(process.execPath, [here('./browser/main.js'), ...open]);
}

/** Null, with the reason said, when Electron cannot run here. */
function prepareElectron(config: KioskConfig): (FoundElectron & { driver: string }) | null {
  if (!config.hasDisplay) {
    say('no display here; starting the browser host instead of Electron.');
    return null;
  }
  const found = installedElectron() ?? fetchOnce(config);
  if (found === null) {
    say('Electron is not installed and cannot be fetched from here; starting the browser host.');
    return null;
  }
  const driver = electronDriver(found.version);
  if (driver === null) {
    say('the database driver for Electron cannot be had here; starting the browser host.');
    return null;
  }
  return { ...found, driver };
}

/** One try a day: a closed network must not make every start slow. */
function fetchOnce(config: KioskConfig): FoundElectron | null {
  const file = join(config.dataFolder, MISSED_FILE);
  if (Date.now() - Number(readPrivateFile(file) ?? 0) < NOT_AGAIN_FOR_MS) return null;
  say('fetching Electron, once …');
  if (fetchElectron()) return installedElectron();
  ensurePrivateFolder(config.dataFolder);
  writePrivateFile(file, String(Date.now()));
  return null;
}

async function printLink(config: KioskConfig): Promise<number> {
  const link = readPrivateFile(join(config.dataFolder, LINK_FILE))?.trim() ?? '';
  if (link === '' || !(await answers(Number(new URL(link).port)))) {
    throw new UserError(
      'KIOSK_NOT_RUNNING',
      'No tablet runs here in the browser host; start it with "./hazri kiosk".',
    );
  }
  process.stdout.write(`${link}\n`);
  return 0;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

/** Runs until the program ends; signals that stop this one stop it too. */
function run(program: string, args: string[], env?: SpawnOptions['env']): Promise<number> {
  const child = spawn(program, args, { stdio: 'inherit', ...(env && { env }) });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
}, failWith);
