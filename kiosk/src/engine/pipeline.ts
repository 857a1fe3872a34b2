// One frame's way through the engine: detect, place landmarks, measure, and embed.
// Networks come in from outside; nothing here keeps a frame or writes anything anywhere.

import { findFacesCarefully } from './detect/careful.js';
import type { ScoredBox } from './detect/box.js';
import { findFaces } from './detect/multi-scale.js';
import { embedFace, embedMiddle } from './embed/embed.js';
import { findLandmarks } from './landmarks/landmarks.js';
import type { Network } from './network.js';
import { ok, type Result } from '@hazri/shared/result';
import type {
  EngineModelIds,
  FaceEngine,
  FaceObservation,
  Frame,
  ObserveOptions,
  RecognitionModels,
  StageTimes,
} from './port.js';
import { RecognitionSlots } from './embed/recognition-slots.js';
import { measureQuality } from './quality/measure.js';

/** What the pipeline runs on. */
export interface EngineParts {
  readonly detector: Network;
  readonly landmarks: Network;
  /** Opens a recognition model by its id; null when this installation does not have it. */
  readonly openRecognition: (modelId: string) => Promise<Network | null>;
  /** Opened on first use: it is large, and most tablets never need it. */
  readonly carefulDetector: () => Promise<Network>;
  readonly modelIds: Pick<EngineModelIds, 'detector' | 'landmarks'>;
}

/** The native engine over injected networks. Errors: ENGINE_MODEL_UNKNOWN, those of `openRecognition`. */
export async function createPipeline(
  parts: EngineParts,
  models: RecognitionModels,
): Promise<Result<FaceEngine, 'ENGINE_MODEL_UNKNOWN'>> {
  const recognition = new RecognitionSlots(parts.openRecognition);
  const used = await recognition.use(models);
  if (!used.ok) return used;
  let careful: Promise<Network> | undefined;
  const openCareful = (): Promise<Network> => (careful ??= parts.carefulDetector());
  return ok({
    kind: 'onnx',
    get recognitionModelId() {
      return recognition.current.modelId;
    },
    get modelIds() {
      return { ...parts.modelIds, ...recognition.modelIds };
    },
    observe: (frame, options = {}) => observe(parts, openCareful, frame, options),
    embed: (frame, landmarks, times) => embedFace(recognition.current.network, frame, landmarks, times),
    embedNext: async (frame, landmarks, times) =>
      recognition.next ? embedFace(recognition.next.network, frame, landmarks, times) : null,
    useRecognition: (wanted) => recognition.use(wanted),
    embedCentre: (frame, times) => embedMiddle(recognition.current.network, frame, times),
    close: async () => {
      await Promise.all([parts.detector.close(), parts.landmarks.close(), recognition.close()]);
      if (careful) await (await careful).close();
    },
  });
}

async function observe(
  parts: EngineParts,
  openCareful: () => Promise<Network>,
  frame: Frame,
  options: ObserveOptions,
): Promise<FaceObservation[]> {
  const start = performance.now();
  let boxes: ScoredBox[] = await findFaces(parts.detector, frame, { everyone: options.everyone === true });
  if (boxes.length === 0 && options.careful === true) {
    boxes = await findFacesCarefully(await openCareful(), frame);
  }
  const found = performance.now();
  const faces: FaceObservation[] = [];
  for (const { box, score } of boxes) {
    const { landmarks, upright } = await findLandmarks(parts.landmarks, frame, box);
    faces.push({ box, score, landmarks, quality: measureQuality({ picture: frame, landmarks, upright }) });
  }
  if (options.times) addTimes(options.times, found - start, performance.now() - found);
  return faces.sort((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
}

function addTimes(times: StageTimes, detect: number, landmarks: number): void {
  times.detect += detect;
  times.landmarks += landmarks;
}
