// Puts the native engine together: checked models, ONNX Runtime, pipeline.

import { openModels, type Models } from '@hazri/models/load';
import { createPipeline } from '../pipeline.js';
import type { FaceEngine } from '../port.js';
import { openOnnxNetwork } from './onnx-network.js';

/** How to make the engine. */
export interface OnnxEngineOptions {
  /** The built networks; those of this installation by default. */
  readonly models?: Models;
  /** Cores one run of a large network may use; 2 by default. The small ones gain nothing from a second. */
  readonly threads?: number;
}

/** Opens the native engine. Errors: MODELS_MISSING, MODELS_BUILT_HASH, MODELS_MANIFEST, ENGINE_NETWORK_OPEN. */
export async function createOnnxEngine(options: OnnxEngineOptions = {}): Promise<FaceEngine> {
  const models = options.models ?? openModels();
  const threads = options.threads ?? 2;
  const { manifest } = models;
  const [detector, landmarks, recognition] = await Promise.all([
    openOnnxNetwork(models.read('tinyFaceDetector'), 1),
    openOnnxNetwork(models.read('faceLandmark68'), 1),
    openOnnxNetwork(models.read('faceRecognition'), threads),
  ]);
  const id = (name: string, sha256: string): string => `${name}-${sha256.slice(0, 8)}`;
  return createPipeline({
    detector,
    landmarks,
    recognition,
    carefulDetector: () => openOnnxNetwork(models.read('ssdMobilenetV1'), threads),
    modelIds: {
      detector: id('tiny-multiscale', manifest.networks.tinyFaceDetector.built.sha256),
      landmarks: id('landmark68-upright', manifest.networks.faceLandmark68.built.sha256),
      recognition: manifest.recognition.modelId,
    },
  });
}
