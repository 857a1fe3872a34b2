// Entry of the Electron host; everything it does is in shell.ts, where it can be tested.
import * as electron from 'electron';
import { fileURLToPath } from 'node:url';
import { readScreenFiles } from '../screen-files.js';
import { startShell } from './shell.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const sayFailure = (sentence: string): void => {
  process.stderr.write(`hazri: ${sentence}\n`);
};

const files = readScreenFiles(here('../../ui'));
if (files === null) {
  sayFailure('The tablet screen is not built; run "./hazri build".');
  electron.app.exit(1);
} else {
  // Not awaited: Electron becomes ready only after this module was evaluated.
  void startShell(electron, {
    preload: here('./preload.cjs'),
    agentProcess: here('./agent-process.js'),
    files,
    platform: process.platform,
    sayFailure,
  });
}
