// Gives the engine the built networks. Every byte handed out was hashed first: a file that was changed after the
// build is refused, never loaded.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@hazri/shared/result';
import { readManifest, type Manifest, type NetworkName } from './manifest.js';
import { defaultBuiltDir } from './stamp.js';

/** The built networks of one folder. */
export interface Models {
  readonly manifest: Manifest;
  /** The checked ONNX bytes of a network; the caller owns them. Errors: MODELS_MISSING, MODELS_BUILT_HASH. */
  read(name: NetworkName): Uint8Array;
}

/** Opens the built networks; nothing is read before `read`. Errors: MODELS_MANIFEST. */
export function openModels(options: { builtDir?: string; manifest?: Manifest } = {}): Models {
  const manifest = options.manifest ?? readManifest();
  const builtDir = options.builtDir ?? defaultBuiltDir;
  return {
    manifest,
    read: (name) => readBuilt(builtDir, manifest.networks[name].built),
  };
}

function readBuilt(builtDir: string, built: { file: string; sha256: string }): Uint8Array {
  const path = join(builtDir, built.file);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new UserError('MODELS_MISSING', `The model ${built.file} is not built; run "./hazri build".`, path);
  }
  if (createHash('sha256').update(bytes).digest('hex') !== built.sha256) {
    throw new UserError(
      'MODELS_BUILT_HASH',
      `The model ${built.file} was changed after it was built; delete models/built and run "./hazri build".`,
      path,
    );
  }
  return bytes;
}
