// The networks are exactly those of the manifest, or there are none: wrong sources do not build, changed files do not load.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError } from '@hazri/shared/result';
import { afterAll, describe, expect, it } from 'vitest';
import { buildModels } from '../../models/src/build-models.js';
import { openModels } from '../../models/src/load.js';
import { readManifest } from '../../models/src/manifest.js';
import { isUpToDate, manifestPath, writeStamp } from '../../models/src/stamp.js';
import { calibrations } from '../../shared/src/domain/matching/calibration.js';

const root = path.resolve(import.meta.dirname, '../..');
const published = path.join(root, 'node_modules/@vladmandic/face-api');
const folder = mkdtempSync(path.join(tmpdir(), 'hazri-models-'));
const manifest = readManifest();

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
  return 'none';
}

function flipByte(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

describe('the build', () => {
  const builtDir = path.join(folder, 'built');

  it('makes the recorded bytes from the published weights, and knows when it has', () => {
    buildModels({ manifest, builtDir });
    writeStamp(manifestPath, builtDir);
    expect(isUpToDate(manifestPath, builtDir)).toBe(true);
    expect(codeOf(() => openModels({ builtDir }).read('faceRecognition'))).toBe('none');
  });

  it('refuses changed weights and a changed description', () => {
    for (const file of ['face_landmark_68_model.bin', 'face_landmark_68_model-weights_manifest.json']) {
      const packageDir = path.join(folder, file);
      cpSync(path.join(published, 'model'), path.join(packageDir, 'model'), { recursive: true });
      flipByte(path.join(packageDir, 'model', file), 1000);
      const target = path.join(folder, `${file}-built`);
      expect(
        codeOf(() => {
          buildModels({ manifest, builtDir: target, packageDir });
        }),
      ).toBe('MODELS_SOURCE_HASH');
    }
  });

  it('refuses to write what is not the recorded result', () => {
    const other = structuredClone(manifest);
    other.networks.tinyFaceDetector.built.sha256 = '0'.repeat(64);
    const target = path.join(folder, 'other');
    expect(
      codeOf(() => {
        buildModels({ manifest: other, builtDir: target });
      }),
    ).toBe('MODELS_BUILT_HASH');
    expect(codeOf(() => openModels({ builtDir: target }).read('tinyFaceDetector'))).toBe('MODELS_MISSING');
  });

  it('says when the published weights are not there', () => {
    const packageDir = path.join(folder, 'nothing');
    expect(
      codeOf(() => {
        buildModels({ manifest, builtDir, packageDir });
      }),
    ).toBe('MODELS_MISSING');
  });

  it('does not load a file that was changed after the build', () => {
    flipByte(path.join(builtDir, manifest.networks.faceLandmark68.built.file), 5000);
    const models = openModels({ builtDir });
    expect(codeOf(() => models.read('faceLandmark68'))).toBe('MODELS_BUILT_HASH');
    expect(codeOf(() => models.read('tinyFaceDetector'))).toBe('none');
    expect(isUpToDate(manifestPath, builtDir)).toBe(false);
  });
});

describe('the manifest', () => {
  it('is refused when it is not one', () => {
    const file = path.join(folder, 'manifest.json');
    writeFileSync(file, '{"formatVersion":1}');
    expect(codeOf(() => readManifest(file))).toBe('MODELS_MANIFEST');
  });

  it('holds no network for expression, age or sex', () => {
    expect(Object.keys(manifest.networks)).toEqual([
      'tinyFaceDetector',
      'faceLandmark68',
      'faceRecognition',
      'faceRecognitionInt8',
      'ssdMobilenetV1',
    ]);
  });

  it('names the recognition model of a new installation among those it has', () => {
    const { modelId, models } = manifest.recognition;
    expect(models.map((model) => model.modelId)).toContain(modelId);
    expect(new Set(models.map((model) => model.modelId)).size).toBe(models.length);
    const file = path.join(folder, 'unknown-recognition.json');
    const other = { ...manifest, recognition: { modelId: 'another-1', models } };
    writeFileSync(file, JSON.stringify(other));
    expect(codeOf(() => readManifest(file))).toBe('MODELS_MANIFEST');
  });

  it('is the evidence behind the calibrations that the server matches with, number by number', () => {
    const { models } = manifest.recognition;
    const measured = manifest.matching.calibrations.map(({ modelId }) => modelId);
    expect(measured).toEqual(models.map(({ modelId }) => modelId));
    expect(calibrations.map(({ modelId }) => modelId)).toEqual(measured);
    for (const [at, evidence] of manifest.matching.calibrations.entries()) {
      const { impostorPairs: pairs, impostorTail: tail, modelId, people } = evidence;
      const { crowding, fused, usualRival, tails } = evidence;
      expect(calibrations[at]).toEqual({ modelId, people, pairs, tail, crowding, fused, usualRival, tails });
    }
  });
});
