// Faces as they come on a bad day, made from good frames: masks, sunglasses, light from behind, a moving hand-held
// camera, a second face. Everything is drawn in memory on frames that a test already holds; nothing is stored.
import type { Frame } from '../../kiosk/src/engine/port.js';

type Colour = readonly [number, number, number];
type Point = readonly [number, number];

const copyOf = (frame: Frame): Frame => ({ ...frame, data: Uint8ClampedArray.from(frame.data) });

const pointOf = (landmarks: Float32Array, index: number): Point => [
  landmarks[2 * index] ?? 0,
  landmarks[2 * index + 1] ?? 0,
];

function middleOf(landmarks: Float32Array, first: number, last: number): Point {
  let [x, y] = [0, 0];
  for (let index = first; index <= last; index += 1) {
    const [px, py] = pointOf(landmarks, index);
    x += px;
    y += py;
  }
  return [x / (last - first + 1), y / (last - first + 1)];
}

/** Calls `paint` for every pixel whose centre `isInside`; `paint` gives the new colour from the old one. */
function repaint(
  frame: Frame,
  isInside: (x: number, y: number) => boolean,
  paint: (x: number, y: number, old: Colour) => Colour,
): void {
  const { width, height, channels, data } = frame;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (!isInside(x, y)) continue;
      const at = (y * width + x) * channels;
      const old: Colour = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      data.set(paint(x, y, old), at);
    }
  }
}

function isInsidePolygon(points: readonly Point[], x: number, y: number): boolean {
  let isInside = false;
  points.forEach(([ax, ay], index) => {
    const [bx, by] = points[(index + 1) % points.length] ?? [0, 0];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isInside = !isInside;
  });
  return isInside;
}

const brightness = ([r, g, b]: Colour): number => (0.3 * r + 0.6 * g + 0.1 * b) / 255;
const mix = (a: Colour, b: Colour, share: number): Colour => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** A mask over nose, mouth and chin, lit like the face it covers, with three folds. */
export function withMask(frame: Frame, landmarks: Float32Array, colour: Colour): Frame {
  const made = copyOf(frame);
  const outline = [
    pointOf(landmarks, 29),
    ...Array.from({ length: 13 }, (_, index) => pointOf(landmarks, 14 - index)),
  ];
  const [, top] = pointOf(landmarks, 29);
  const [, chin] = pointOf(landmarks, 8);
  const fold = (chin - top) / 4;
  repaint(
    made,
    (x, y) => isInsidePolygon(outline, x, y),
    (_x, y, old) => {
      const light = 0.55 + 0.45 * brightness(old);
      const crease = Math.abs((((y - top) % fold) + fold) % fold) < Math.max(1, fold * 0.06) ? 0.8 : 1;
      return [colour[0] * light * crease, colour[1] * light * crease, colour[2] * light * crease];
    },
  );
  return made;
}

/** Dark glasses: two lenses and a bridge. `darkness` 0 to 1: how little of the eyes shows through. */
export function withSunglasses(frame: Frame, landmarks: Float32Array, darkness = 0.95): Frame {
  const made = copyOf(frame);
  const left = middleOf(landmarks, 36, 41);
  const right = middleOf(landmarks, 42, 47);
  const apart = Math.hypot(right[0] - left[0], right[1] - left[1]);
  const angle = Math.atan2(right[1] - left[1], right[0] - left[0]);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const inLens = (centre: Point, x: number, y: number): boolean => {
    const dx = cos * (x - centre[0]) + sin * (y - centre[1]);
    const dy = -sin * (x - centre[0]) + cos * (y - centre[1]) - apart * 0.06;
    return (Math.abs(dx) / (apart * 0.42)) ** 3 + (Math.abs(dy) / (apart * 0.32)) ** 3 < 1;
  };
  const middle: Point = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
  const onBridge = (x: number, y: number): boolean => {
    const dx = cos * (x - middle[0]) + sin * (y - middle[1]);
    const dy = -sin * (x - middle[0]) + cos * (y - middle[1]);
    return Math.abs(dx) < apart * 0.2 && Math.abs(dy + apart * 0.05) < apart * 0.035;
  };
  repaint(
    made,
    (x, y) => inLens(left, x, y) || inLens(right, x, y) || onBridge(x, y),
    (_x, _y, old) => mix(old, [18, 18, 22], darkness),
  );
  return made;
}

/** Long hair over both eyes: strands of one dark colour. */
export function withHairOverEyes(frame: Frame, landmarks: Float32Array): Frame {
  const made = copyOf(frame);
  const left = middleOf(landmarks, 36, 41);
  const right = middleOf(landmarks, 42, 47);
  const apart = Math.hypot(right[0] - left[0], right[1] - left[1]);
  const [from, to] = [Math.min(left[0], right[0]) - apart * 0.45, Math.max(left[0], right[0]) + apart * 0.45];
  const eyes = (left[1] + right[1]) / 2;
  repaint(
    made,
    (x, y) => x > from && x < to && y > eyes - apart * 0.9 && y < eyes + apart * 0.25,
    (x) => {
      const strand = 26 + 14 * Math.sin(x * 0.9) + 8 * Math.sin(x * 2.3);
      return [strand, strand * 0.85, strand * 0.75];
    },
  );
  return made;
}

/** A window behind the person: the surroundings bright, the person dark. */
export function withLightFromBehind(frame: Frame, landmarks: Float32Array): Frame {
  const made = copyOf(frame);
  const [cx, cy] = middleOf(landmarks, 0, 67);
  const [, chin] = pointOf(landmarks, 8);
  const halfWidth = Math.abs(pointOf(landmarks, 16)[0] - pointOf(landmarks, 0)[0]) * 0.62;
  const isPerson = (x: number, y: number): boolean => {
    const head = ((x - cx) / halfWidth) ** 2 + ((y - cy) / (halfWidth * 1.5)) ** 2 < 1;
    return head || (y > chin && Math.abs(x - cx) < halfWidth * (0.8 + (2.2 * (y - chin)) / halfWidth));
  };
  repaint(
    made,
    () => true,
    (x, y, old) => (isPerson(x, y) ? mix([0, 0, 0], old, 0.26) : mix(old, [250, 250, 246], 0.9)),
  );
  return made;
}

/** The picture smeared sideways over `length` pixels, as by a quick movement. */
export function withMotionBlur(frame: Frame, length: number): Frame {
  const { width, height, channels, data } = frame;
  const made = copyOf(frame);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < 3; channel += 1) {
        let sum = 0;
        for (let step = 0; step < length; step += 1) {
          const from = Math.min(width - 1, Math.max(0, x + step - (length >> 1)));
          sum += data[(y * width + from) * channels + channel] ?? 0;
        }
        made.data[(y * width + x) * channels + channel] = sum / length;
      }
    }
  }
  return made;
}

/** `inset`, scaled to `width` pixels, laid over `frame` with its top left corner at (`left`, `top`). */
export function withInset(
  frame: Frame,
  inset: Frame,
  place: { readonly left: number; readonly top: number; readonly width: number },
): Frame {
  const made = copyOf(frame);
  const scale = inset.width / place.width;
  const height = Math.floor(inset.height / scale);
  repaint(
    made,
    (x, y) => x >= place.left && x < place.left + place.width && y >= place.top && y < place.top + height,
    (x, y) => pixelOf(inset, Math.floor((x - place.left) * scale), Math.floor((y - place.top) * scale)),
  );
  return made;
}

/** The whole picture `scale` times as large about (`x`, `y`), which comes to lie at (`toX`, `toY`); grey beyond it. */
export function withMove(
  frame: Frame,
  move: {
    readonly x: number;
    readonly y: number;
    readonly toX: number;
    readonly toY: number;
    readonly scale: number;
  },
): Frame {
  const made = copyOf(frame);
  repaint(
    made,
    () => true,
    (x, y) => {
      const fromX = Math.round(move.x + (x - move.toX) / move.scale);
      const fromY = Math.round(move.y + (y - move.toY) / move.scale);
      const isInside = fromX >= 0 && fromY >= 0 && fromX < frame.width && fromY < frame.height;
      return isInside ? pixelOf(frame, fromX, fromY) : [128, 128, 128];
    },
  );
  return made;
}

function pixelOf({ data, width, channels }: Frame, x: number, y: number): Colour {
  const at = (y * width + x) * channels;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}
