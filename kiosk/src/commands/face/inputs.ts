// Which files a command works on: a list, a folder, or names on the command line.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { UserError } from '@hazri/shared/result';
import { fromCaller } from '../paths.js';
import { isRecording } from './recordings.js';

/** A file to work on, and its name in the output: as it was given. */
export interface Input {
  readonly path: string;
  readonly name: string;
}

const PICTURES: readonly string[] = ['.jpg', '.jpeg', '.png', '.webp'];

/** Where inputs come from; exactly one of `list`, `dir` and `names` is used. */
export interface InputChoice {
  readonly list?: string | undefined;
  readonly dir?: string | undefined;
  readonly root?: string | undefined;
  readonly names: readonly string[];
}

/** Errors: INPUT_NONE, INPUT_AMBIGUOUS, INPUT_MISSING. */
export function collectInputs(choice: InputChoice): Input[] {
  const ways = [choice.list !== undefined, choice.dir !== undefined, choice.names.length > 0];
  const used = ways.filter(Boolean).length;
  if (used === 0)
    throw new UserError('INPUT_NONE', 'Say what to work on: --list FILE, --dir DIR or file names.');
  if (used > 1) throw new UserError('INPUT_AMBIGUOUS', 'Use only one of --list, --dir and file names.');
  if (choice.list !== undefined) return fromList(choice.list, choice.root);
  if (choice.dir !== undefined) return fromFolder(choice.dir);
  const root = choice.root === undefined ? undefined : fromCaller(choice.root);
  return choice.names.map((name) => ({
    name,
    path: root === undefined ? fromCaller(name) : resolve(root, name),
  }));
}

function fromList(list: string, root: string | undefined): Input[] {
  const path = fromCaller(list);
  const base = root === undefined ? dirname(path) : fromCaller(root);
  return readText(path)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((name) => ({ name, path: resolve(base, name) }));
}

function fromFolder(dir: string): Input[] {
  const folder = fromCaller(dir);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UserError('INPUT_MISSING', 'There is no such folder.', folder);
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => PICTURES.includes(extname(name).toLowerCase()) || isRecording(name))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((name) => ({ name, path: join(folder, name) }));
}

/** Reads a text file that was named on the command line. Errors: INPUT_MISSING. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UserError('INPUT_MISSING', 'There is no such file, or it cannot be read.', path);
  }
}
