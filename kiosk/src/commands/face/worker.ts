// A worker thread with an engine of its own, so that pictures are worked on on all cores at once.

import { parentPort, workerData } from 'node:worker_threads';
import { InvariantError, UserError } from '@hazri/shared/result';
import { readConfig } from '../../config/config.js';
import { openSpoofPack, type SpoofPack } from '../../engine/liveness/spoof/spoof-pack.js';
import type { Box, FaceEngine, FaceObservation, Frame } from '../../engine/port.js';
import { embedInput } from './embed-input.js';
import { chooseFaces } from './face-answer.js';
import { judgeInput } from './liveness-input.js';
import { openEngine } from './open-engine.js';
import { readPicture } from './pictures.js';
import type { Job, Probe, Reply, Request, WorkerSettings } from './worker-messages.js';

if (!parentPort) throw new InvariantError('a worker without a parent');
const port = parentPort;
const opening = openEngine(workerData as WorkerSettings);
// A failure to open is reported with the first job; until then it must not end the thread.
opening.catch(() => undefined);

let openingPack: Promise<SpoofPack | null> | undefined;

function say(reply: Reply): void {
  port.postMessage(reply);
}

async function work(engine: FaceEngine, id: number, job: Job): Promise<void> {
  if (job.kind === 'probe') {
    say({ id, probe: await probe(engine, job.path) });
    return;
  }
  if (job.kind === 'liveness') {
    const pack = await (openingPack ??= openSpoofPack(readConfig().dataFolder));
    say({ id, line: JSON.stringify(await judgeInput({ engine, pack }, job.input, job.options)) });
    say({ id, end: true });
    return;
  }
  for await (const answer of embedInput(engine, job.input, job.options)) {
    say({ id, line: JSON.stringify(answer) });
  }
  say({ id, end: true });
}

async function probe(engine: FaceEngine, path: string): Promise<Probe> {
  let frame;
  try {
    frame = await readPicture(path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.code, error.message, path);
  }
  const face = await findMiddleFace(engine, frame);
  if (!face) return { embedding: await engine.embedCentre(frame), isFound: false };
  return { embedding: await engine.embed(frame, face.landmarks), isFound: true };
}

/** A sure face that covers the middle is enough; otherwise a better one may be found at another scale. */
async function findMiddleFace(engine: FaceEngine, frame: Frame): Promise<FaceObservation | undefined> {
  const [first] = chooseFaces(await engine.observe(frame, { careful: true }), frame, 'center');
  if (first && coversMiddle(first.box, frame)) return first;
  return chooseFaces(await engine.observe(frame, { everyone: true, careful: true }), frame, 'center')[0];
}

function coversMiddle(box: Box, frame: Frame): boolean {
  const isAcross = box.x <= frame.width / 2 && box.x + box.width >= frame.width / 2;
  return isAcross && box.y <= frame.height / 2 && box.y + box.height >= frame.height / 2;
}

async function answer(request: Request): Promise<void> {
  if ('close' in request) {
    await (await opening).close();
    port.close();
    return;
  }
  try {
    await work(await opening, request.id, request.job);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, message, path } = error;
    say({ id: request.id, error: { code, message, ...(path === undefined ? {} : { path }) } });
  }
}

let queue = Promise.resolve();
port.on('message', (request: Request) => {
  queue = queue.then(() => answer(request));
});
