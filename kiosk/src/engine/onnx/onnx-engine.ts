// Puts the native engine together: checked models, ONNX Runtime, pipeline.

import { openModels, type Models } from '@hazri/models/load';
import { UserError } from '@hazri/shared/result';
import { createPipeline, type EngineParts } from '../pipeline.js';
import type { FaceEngine } from '../port.js';
import { openOnnxNetwork } from './onnx-network.js';

/** How to make the engine. */
export interface OnnxEngineOptions {
  /** The built networks; those of this installation by default. */
  readonly models?: Models;
  /** Cores one run may use; 2 by default. */
  readonly threads?: number;
  /** Id of the recognition model; the manifest's first by default. */
  readonly recognition?: string;
  /** Id of the model that a roll-over goes to; none by default. */
  readonly nextRecognition?: string | null;
}

/**
 * Opens the native engine.
 * Errors: MODELS_MISSING, MODELS_BUILT_HASH, MODELS_MANIFEST, ENGINE_MODEL_UNKNOWN, ENGINE_NETWORK_OPEN.
 */
export async function createOnnxEngine(options: OnnxEngineOptions = {}): Promise<FaceEngine> {
  const models = options.models ?? openModels();
  const threads = options.threads ?? 2;
  const { networks, recognition } = models.manifest;
  const [detector, landmarks] = await Promise.all([
    openOnnxNetwork(models.read('tinyFaceDetector'), threads),
    openOnnxNetwork(models.read('faceLandmark68'), threads),
  ]);
  const id = (name: string, sha256: string): string => `${name}-${sha256.slice(0, 8)}`;
  const parts: EngineParts = {
    detector,
    landmarks,
    openRecognition: async (modelId) => {
      const model = recognition.models.find((candidate) => candidate.modelId === modelId);
      return model ? openOnnxNetwork(models.read(model.network), threads) : null;
    },
    carefulDetector: () => openOnnxNetwork(models.read('ssdMobilenetV1'), threads),
    modelIds: {
      detector: id('tiny-multiscale', networks.tinyFaceDetector.built.sha256),
      landmarks: id('landmark68-upright', networks.faceLandmark68.built.sha256),
    },
  };
  const engine = await createPipeline(parts, {
    current: options.recognition ?? recognition.modelId,
    next: options.nextRecognition ?? null,
  });
  if (engine.ok) return engine.value;
  await Promise.all([detector.close(), landmarks.close()]);
  throw new UserError(engine.error, 'This installation does not have that recognition model.');
}
