// The process that memory.bench.mjs watches: plays frames through the engine and prints its own resident memory.
// Each frame is copied into new memory first, as a frame from the screen arrives.
import { createOnnxEngine } from '../../kiosk/dist/engine/onnx/onnx-engine.js';
import { cameraFrames } from './camera-frames.mjs';

const frameCount = Number(process.argv[2]);
const EMBED_EVERY = 8;
const SAMPLES = 100;

const frames = (await cameraFrames([0.3, 0.7])).filter((_, index) => index % 2 === 0);
const engine = await createOnnxEngine({ threads: 1 });
let found = 0;
for (let index = 0; index < frameCount; index += 1) {
  const source = frames[index % frames.length];
  const frame = { ...source, data: new Uint8Array(source.data) };
  const [face] = await engine.observe(frame);
  if (face && index % EMBED_EVERY === 0) {
    await engine.embed(frame, face.landmarks);
    found += 1;
  }
  if (index % Math.ceil(frameCount / SAMPLES) === 0) {
    const rssMb = Number((process.memoryUsage().rss / 1e6).toFixed(1));
    process.stdout.write(`${JSON.stringify({ frame: index, rssMb, embedded: found })}\n`);
  }
}
await engine.close();
