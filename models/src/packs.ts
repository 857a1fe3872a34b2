// Packs: networks that an operator installs into the tablet's own data folder. Nothing needs them to start; what does
// need them says so. As with the built-in networks, every byte is hashed on the way in and on the way out.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@hazri/shared/result';
import { readManifest, type Pack, type PackNetworkName } from './manifest.js';
import { buildMinifasnet } from './networks/minifasnet.js';
import type { Weights } from './source-weights.js';
import { readStateDictionary } from './torch/state-dictionary.js';

const BUILDERS: Readonly<Record<PackNetworkName, (weights: Weights) => Uint8Array>> = {
  minifasnetV2: (weights) => buildMinifasnet(weights, { name: 'minifasnet_v2', hasExcitation: false }),
  minifasnetV1se: (weights) => buildMinifasnet(weights, { name: 'minifasnet_v1se', hasExcitation: true }),
};

/** The pack of this name. Errors: PACK_UNKNOWN. */
export function findPack(name: string): Pack {
  const pack = readManifest().packs.find((candidate) => candidate.name === name);
  if (!pack) throw new UserError('PACK_UNKNOWN', 'There is no pack of that name; see "./hazri models list".');
  return pack;
}

/** Which published file of the pack these bytes are. Errors: MODELS_SOURCE_HASH. */
export function recognisePackFile(pack: Pack, bytes: Uint8Array, path: string): PackNetworkName {
  const sha256 = hashOf(bytes);
  const found = pack.networks.find(({ source }) => source.sha256 === sha256);
  if (found) return found.network;
  throw new UserError(
    'MODELS_SOURCE_HASH',
    `This is not the published file that the pack ${pack.name} was made for; nothing was installed.`,
    path,
  );
}

/**
 * Converts the published files, hashed by `recognisePackFile`, and puts all of them into `folder`, or none.
 * Errors: PACK_INCOMPLETE, MODELS_SOURCE_SHAPE, MODELS_BUILT_HASH.
 */
export function installPack(
  pack: Pack,
  sources: ReadonlyMap<PackNetworkName, Uint8Array>,
  folder: string,
): void {
  const built = pack.networks.map(({ network, source, built: target }) => {
    const bytes = sources.get(network);
    if (!bytes) throw new UserError('PACK_INCOMPLETE', `The file ${source.file} is missing.`, source.file);
    const converted = BUILDERS[network](readStateDictionary(bytes));
    if (hashOf(converted) !== target.sha256) {
      throw new UserError(
        'MODELS_BUILT_HASH',
        `The converted ${target.file} differs from the recorded one; nothing was installed.`,
        target.file,
      );
    }
    return { file: target.file, converted };
  });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const { file, converted } of built) {
    const partial = join(folder, `${file}.${String(process.pid)}.partial`);
    writeFileSync(partial, converted, { mode: 0o600 });
    renameSync(partial, join(folder, file));
  }
}

/** Whether any file of the pack lies in `folder`; says nothing about whether it is whole. */
export function hasPack(pack: Pack, folder: string): boolean {
  return pack.networks.some(({ built }) => existsSync(join(folder, built.file)));
}

/** The checked ONNX bytes of one network. Errors: PACK_MISSING, MODELS_BUILT_HASH. */
export function readPackNetwork(pack: Pack, network: PackNetworkName, folder: string): Uint8Array {
  const built = pack.networks.find((candidate) => candidate.network === network)?.built;
  const path = join(folder, built?.file ?? '');
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new UserError(
      'PACK_MISSING',
      `The pack ${pack.name} is not installed; run "./hazri models add ${pack.name}".`,
      path,
    );
  }
  if (hashOf(bytes) !== built?.sha256) {
    throw new UserError(
      'MODELS_BUILT_HASH',
      `The pack ${pack.name} was changed after it was installed; run "./hazri models add ${pack.name}" again.`,
      path,
    );
  }
  return bytes;
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
