// A recording for Chromium's fake camera that shows nobody: a wall in soft light and the outline of a person.
import { writeFile } from 'node:fs/promises';

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES = 6;

/** Luma and both chromas of one pixel, 0 to 255. */
function pixel(x: number, y: number, shift: number): readonly [number, number, number] {
  const dx = x - WIDTH / 2 - shift;
  const head = (dx / 92) ** 2 + ((y - 215) / 122) ** 2;
  const shoulders = (dx / 235) ** 2 + ((y - 520) / 175) ** 2;
  if (head < 1) return [176 - 46 * head - dx * 0.12, 114, 146];
  if (shoulders < 1) return [92 - 26 * shoulders - dx * 0.05, 140, 116];
  return [196 - y * 0.11 - Math.abs(x - 190) * 0.07, 126, 126];
}

function frame(shift: number): Uint8Array {
  const luma = new Uint8Array(WIDTH * HEIGHT);
  const blue = new Uint8Array((WIDTH * HEIGHT) / 4);
  const red = new Uint8Array((WIDTH * HEIGHT) / 4);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const [light, u, v] = pixel(x, y, shift);
      luma[y * WIDTH + x] = light;
      const at = (y >> 1) * (WIDTH / 2) + (x >> 1);
      blue[at] = u;
      red[at] = v;
    }
  return Buffer.concat([luma, blue, red]);
}

/** Writes a YUV4MPEG2 file of a few frames, which Chromium plays in a loop. */
export async function writeFigureFeed(file: string): Promise<void> {
  const parts: Uint8Array[] = [
    Buffer.from(`YUV4MPEG2 W${String(WIDTH)} H${String(HEIGHT)} F30:1 Ip A1:1 C420jpeg\n`),
  ];
  for (let index = 0; index < FRAMES; index++)
    parts.push(Buffer.from('FRAME\n'), frame(Math.sin((index / FRAMES) * 2 * Math.PI) * 3));
  await writeFile(file, Buffer.concat(parts));
}
