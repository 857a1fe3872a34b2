// The typed form of manifest.json: which published weights become which networks, and the evidence behind the
// matching numbers. A manifest that does not fit this schema is refused as a whole.

import { readFileSync } from 'node:fs';
import { UserError } from '@hazri/shared/result';
import { z } from 'zod';
import { manifestPath } from './stamp.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const pinnedFile = z.strictObject({ file: z.string(), sha256 });

const networkSchema = z.strictObject({
  title: z.string(),
  source: z.strictObject({
    package: z.string(),
    version: z.string(),
    weights: pinnedFile,
    weightsManifest: pinnedFile,
  }),
  licence: z.string(),
  input: z.string(),
  output: z.string(),
  built: pinnedFile,
});

const tailPoint = z.strictObject({ distance: z.number().positive(), fmr: z.number().min(0).max(1) });

const scorePoint = z.strictObject({ score: z.number(), rate: z.number().positive().max(1) });
const scoreTail = z.strictObject({
  people: z.int().positive(),
  attempts: z.int().positive(),
  points: z.array(scorePoint),
});

const calibrationSchema = z.strictObject({
  modelId: z.string(),
  pictures: z.int().positive(),
  missing: z.int().min(0),
  people: z.int().positive(),
  impostorPairs: z.int().positive(),
  genuinePairs: z.int().positive(),
  impostorTail: z.array(tailPoint),
  genuineMiss: z.array(z.strictObject({ distance: z.number().positive(), fnmr: z.number().min(0).max(1) })),
  crowding: z.array(z.number()),
  fused: z.array(z.number()),
  usualRival: z.number(),
  tails: z.array(scoreTail),
});

/** FNIR at a FPIR of 1 % with and without local normalisation, by gallery. */
const localNormalisation = z.strictObject({
  measured: z.string(),
  rows: z.array(
    z.strictObject({
      people: z.int().positive(),
      picturesEach: z.int().positive(),
      without: z.number().min(0).max(1),
      with: z.number().min(0).max(1),
    }),
  ),
});

const matchingSchema = z.strictObject({
  measuredOn: z.string(),
  command: z.string(),
  localNormalisation,
  calibrations: z.array(calibrationSchema).min(1),
});

const modelId = z.string().regex(/^[a-z0-9][a-z0-9.-]{2,63}$/);
const recognitionModelSchema = z.strictObject({
  modelId,
  network: z.enum(['faceRecognition', 'faceRecognitionInt8']),
  preprocessing: z.string(),
});

const packNetworkSchema = z.strictObject({
  network: z.enum(['minifasnetV2', 'minifasnetV1se']),
  /** The published file and where it is fetched from. */
  source: pinnedFile,
  url: z.url(),
  built: pinnedFile,
});

const packSchema = z.strictObject({
  name: z.literal('minifasnet'),
  title: z.string(),
  purpose: z.string(),
  licence: z.string(),
  licenceUrl: z.url(),
  networks: z.array(packNetworkSchema).min(1),
});

const manifestSchema = z.strictObject({
  formatVersion: z.literal(1),
  networks: z.strictObject({
    tinyFaceDetector: networkSchema,
    faceLandmark68: networkSchema,
    faceRecognition: networkSchema,
    faceRecognitionInt8: networkSchema,
    ssdMobilenetV1: networkSchema,
  }),
  /** `modelId` is the one that a new installation uses; `models` are all that a tablet can be told to use. */
  recognition: z
    .strictObject({ modelId, models: z.array(recognitionModelSchema).min(1) })
    .refine((recognition) => recognition.models.some((model) => model.modelId === recognition.modelId)),
  matching: matchingSchema,
  packs: z.array(packSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;
/** Networks that an operator installs; the product works without them. */
export type Pack = Manifest['packs'][number];
export type PackNetworkName = Pack['networks'][number]['network'];
export type NetworkName = keyof Manifest['networks'];
export type NetworkSource = Manifest['networks'][NetworkName]['source'];

/** Reads and checks a manifest. Errors: MODELS_MANIFEST. */
export function readManifest(path: string = manifestPath): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new UserError(
      'MODELS_MANIFEST',
      'The list of models cannot be read; reinstall this version.',
      path,
    );
  }
}
