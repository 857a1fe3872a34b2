// Opens the engine that was asked for; the optional one is only loaded when it is.

import type { FaceEngine } from '../../engine/port.js';
import type { WorkerSettings } from './worker-messages.js';

/** Errors: those of `createOnnxEngine` and `createFaceapiEngine`. */
export async function openEngine(settings: WorkerSettings): Promise<FaceEngine> {
  if (settings.engine === 'faceapi') {
    const { createFaceapiEngine } = await import('../../engine/faceapi/faceapi-engine.js');
    return createFaceapiEngine();
  }
  const { createOnnxEngine } = await import('../../engine/onnx/onnx-engine.js');
  const { threads, recognition } = settings;
  return createOnnxEngine({ threads, ...(recognition === undefined ? {} : { recognition }) });
}
