// `hazri models add minifasnet`: installs a pack into the tablet's data folder, from its publisher or from files.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '@hazri/shared/result';
import type { Pack, PackNetworkName } from '@hazri/models/manifest';
import { findPack, installPack, recognisePackFile } from '@hazri/models/packs';
import { readConfig } from '../../config/config.js';
import { packFolder } from '../../engine/liveness/spoof/spoof-pack.js';
import { writeLine } from '../output.js';
import { fromCaller } from '../paths.js';
import { fetchPackFile } from './fetch-pack-file.js';

const USAGE = `Usage: ./hazri models add minifasnet [--from FILE|DIR …]

Installs a pack of networks that the liveness policies "passive" and "standard" make use of. Without --from its files
are fetched from their publisher; with it they are read from the given files or folder. Nothing is installed unless
every file is exactly the published one. The pack is kept in the tablet's data folder (HAZRI_DATA); "models list" shows
what is installed.
`;

/** Larger files are not weights of this pack. */
const MOST_BYTES = 50_000_000;

export async function runAdd(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  const pack = findPack(positionals[0] ?? '');
  process.stderr.write(`${pack.title}\nLicence: ${pack.licence}, ${pack.licenceUrl}\n`);
  const sources = values.from === undefined ? await fetchAll(pack) : readAll(pack, values.from);
  const folder = packFolder(readConfig().dataFolder, pack.name);
  installPack(pack, sources, folder);
  await writeLine(JSON.stringify({ name: pack.name, ok: true, licence: pack.licence, folder }));
  return 0;
}

async function fetchAll(pack: Pack): Promise<Map<PackNetworkName, Uint8Array>> {
  const sources = new Map<PackNetworkName, Uint8Array>();
  for (const { source, url } of pack.networks) {
    process.stderr.write(`Fetching ${source.file} …\n`);
    const bytes = await fetchPackFile(url, MOST_BYTES);
    sources.set(recognisePackFile(pack, bytes, url), bytes);
  }
  return sources;
}

/** A file of the pack brings the others that lie beside it under their published names. */
function readAll(pack: Pack, from: readonly string[]): Map<PackNetworkName, Uint8Array> {
  const sources = new Map<PackNetworkName, Uint8Array>();
  const take = (path: string): void => {
    const bytes = readWhole(path);
    sources.set(recognisePackFile(pack, bytes, path), bytes);
  };
  for (const given of from) {
    const path = fromCaller(given);
    const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
    const folder = isFolder ? path : join(path, '..');
    if (!isFolder) take(path);
    const beside = new Set(listNames(folder));
    for (const { network, source } of pack.networks) {
      if (!sources.has(network) && beside.has(source.file)) take(join(folder, source.file));
    }
  }
  return sources;
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readWhole(path: string): Uint8Array {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isFile() !== true || stat.size > MOST_BYTES) {
    throw new UserError('INPUT_MISSING', 'There is no such file, or it is not a file of weights.', path);
  }
  return readFileSync(path);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UserError('OPTION_UNKNOWN', error instanceof Error ? error.message : 'An option is wrong.');
  }
}
