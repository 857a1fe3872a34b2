// Converts every network of the manifest into the ONNX file that the engine loads.
// Writes a file only when its bytes have the recorded SHA-256, so a changed source or converter cannot slip in.

import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { UserError } from '@hazri/shared/result';
import type { Manifest, NetworkName } from './manifest.js';
import { buildFaceLandmark68 } from './networks/face-landmark-68.js';
import { buildFaceRecognition, buildFaceRecognitionInt8 } from './networks/face-recognition.js';
import { buildSsdMobilenetV1 } from './networks/ssd-mobilenet-v1.js';
import { buildTinyFaceDetector } from './networks/tiny-face-detector.js';
import { readSourceWeights, type Weights } from './source-weights.js';

const BUILDERS: Readonly<Record<NetworkName, (weights: Weights) => Uint8Array>> = {
  tinyFaceDetector: buildTinyFaceDetector,
  faceLandmark68: buildFaceLandmark68,
  faceRecognition: buildFaceRecognition,
  faceRecognitionInt8: buildFaceRecognitionInt8,
  ssdMobilenetV1: buildSsdMobilenetV1,
};

export const NETWORK_NAMES = Object.keys(BUILDERS) as readonly NetworkName[];

/** What one build needs to know. */
export interface BuildInput {
  readonly manifest: Manifest;
  /** Folder that receives the `.onnx` files; made when absent. */
  readonly builtDir: string;
  /** Folder of the package with the published weights; found beside this package by default. */
  readonly packageDir?: string;
  /** Called once per network when its file is in place. */
  readonly onBuilt?: (name: NetworkName, sha256: string, byteLength: number) => void;
  /** Only for making a new manifest: reports hashes instead of insisting on them. */
  readonly isRecording?: boolean;
}

/** Builds all networks. Errors: MODELS_MISSING, MODELS_SOURCE_HASH, MODELS_SOURCE_SHAPE, MODELS_BUILT_HASH. */
export function buildModels(input: BuildInput): void {
  mkdirSync(input.builtDir, { recursive: true });
  for (const name of NETWORK_NAMES) {
    const network = input.manifest.networks[name];
    const packageDir = input.packageDir ?? findPackage(network.source.package);
    const bytes = BUILDERS[name](readSourceWeights(packageDir, network.source));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== network.built.sha256 && input.isRecording !== true) {
      throw new UserError(
        'MODELS_BUILT_HASH',
        `The converted ${network.built.file} differs from the recorded one; nothing was written.`,
        network.built.file,
      );
    }
    writeWhole(join(input.builtDir, network.built.file), bytes);
    input.onBuilt?.(name, sha256, bytes.length);
  }
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const partial = `${path}.${String(process.pid)}.partial`;
  writeFileSync(partial, bytes);
  renameSync(partial, path);
}

function findPackage(name: string): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    throw new UserError(
      'MODELS_MISSING',
      `The package ${name} is not installed; run the installation again.`,
    );
  }
}
