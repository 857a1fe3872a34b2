// Pictures of a face held before the camera: printed flat, printed and bent, or shown on a screen. The picture is a
// surface in space; every camera pixel is traced back to it. Source of the ranges: what people do with a sheet of paper.
import type { Frame } from '../../../kiosk/src/engine/port.js';
import {
  addSensorNoise,
  emptyFrame,
  HEIGHT,
  type Presentation,
  randomFrom,
  sample,
  type Source,
  sway,
  WIDTH,
} from './picture.js';

/** Where the surface is at one moment. Angles in radians; shifts and the distance in parts of the picture's width. */
interface Pose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly x: number;
  readonly y: number;
  readonly distance: number;
  /** 1 / radius of the cylinder that the sheet is bent to, in parts of its width; 0 is flat. */
  readonly bend: number;
}

/** How a surface shows its picture. */
interface Look {
  /** Colour of surface point (u, v) in pixels of the picture, written to `to`; false where the surface ends. */
  paint(u: number, v: number, to: Float32Array): boolean;
  readonly background: Frame;
}

const FOCAL = 1.2;
const degrees = (angle: number): number => (angle * Math.PI) / 180;

/** Paints one moment. */
function render(pose: Pose, look: Look): ReturnType<typeof emptyFrame> {
  const frame = emptyFrame();
  frame.data.set(look.background.data);
  const colour = new Float32Array(3);
  const tracer = new Tracer(pose);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      if (!tracer.hits((x - WIDTH / 2) / WIDTH, (y - HEIGHT / 2) / WIDTH)) continue;
      if (!look.paint((tracer.u + 0.5) * WIDTH, tracer.v * WIDTH + HEIGHT / 2, colour)) continue;
      const at = (y * WIDTH + x) * 3;
      frame.data[at] = colour[0] ?? 0;
      frame.data[at + 1] = colour[1] ?? 0;
      frame.data[at + 2] = colour[2] ?? 0;
    }
  }
  return frame;
}

type Rotation = readonly [number, number, number, number, number, number, number, number, number];

function inverseRotation({ yaw, pitch, roll }: Pose): Rotation {
  const [cy, sy, cp, sp, cr, sr] = [
    Math.cos(yaw),
    Math.sin(yaw),
    Math.cos(pitch),
    Math.sin(pitch),
    Math.cos(roll),
    Math.sin(roll),
  ];
  // Rows of (Rz(roll) · Rx(pitch) · Ry(yaw)) transposed.
  return [
    cr * cy - sr * sp * sy,
    sr * cy + cr * sp * sy,
    -cp * sy,
    -sr * cp,
    cr * cp,
    sp,
    cr * sy + sr * sp * cy,
    sr * sy - cr * sp * cy,
    cp * cy,
  ];
}

/** Follows camera rays to the surface; keeps the last hit, because a picture has many. */
class Tracer {
  /** The last hit in parts of the surface's width from its middle. */
  u = 0;
  v = 0;
  private readonly back: Rotation;
  private readonly originX: number;
  private readonly originY: number;
  private readonly originZ: number;

  constructor(private readonly pose: Pose) {
    const back = inverseRotation(pose);
    const depth = FOCAL * pose.distance;
    this.back = back;
    this.originX = -(back[0] * pose.x + back[1] * pose.y + back[2] * depth);
    this.originY = -(back[3] * pose.x + back[4] * pose.y + back[5] * depth);
    this.originZ = -(back[6] * pose.x + back[7] * pose.y + back[8] * depth);
  }

  /** The ray through (x, y) on the image plane. */
  hits(x: number, y: number): boolean {
    const { back, originX, originY, originZ } = this;
    const rayX = back[0] * x + back[1] * y + back[2] * FOCAL;
    const rayY = back[3] * x + back[4] * y + back[5] * FOCAL;
    const rayZ = back[6] * x + back[7] * y + back[8] * FOCAL;
    const { bend } = this.pose;
    if (bend === 0) {
      const t = -originZ / rayZ;
      this.u = originX + t * rayX;
      this.v = originY + t * rayY;
      return t > 0;
    }
    // A cylinder around the vertical axis through (0, radius), whose nearest line is the sheet's middle.
    const radius = 1 / bend;
    const oz = originZ - radius;
    const a = rayX * rayX + rayZ * rayZ;
    const b = originX * rayX + oz * rayZ;
    const root = b * b - a * (originX * originX + oz * oz - radius * radius);
    if (root < 0) return false;
    const t = (-b - Math.sqrt(root)) / a;
    const angle = Math.atan2(originX + t * rayX, -(oz + t * rayZ));
    this.u = angle * radius;
    this.v = originY + t * rayY;
    return Math.abs(angle) < Math.PI / 2;
  }
}

/** A hand that holds, moves, turns and tilts the surface. */
function hand(
  random: () => number,
  most: { yaw: number; pitch: number; bend: number },
): (atMs: number) => Pose {
  const [yaw, pitch, roll, x, y, distance] = [0, 1, 2, 3, 4, 5].map(() => sway(random));
  const vigour = 0.3 + 0.7 * random();
  const bend = most.bend * (0.4 + 0.6 * random());
  const at = (move: ((atMs: number) => number) | undefined, atMs: number): number => move?.(atMs) ?? 0;
  return (atMs) => ({
    yaw: degrees(most.yaw) * vigour * at(yaw, atMs),
    pitch: degrees(most.pitch) * vigour * at(pitch, atMs),
    roll: degrees(6) * vigour * at(roll, atMs),
    x: 0.04 * vigour * at(x, atMs),
    y: 0.03 * vigour * at(y, atMs),
    distance: 1 + 0.08 * vigour * at(distance, atMs),
    bend,
  });
}

/** Paper: fewer colours, less contrast, a little gloss. */
function paper(picture: Frame, random: () => number): Look['paint'] {
  const lift = 12 + 18 * random();
  const contrast = 0.8 + 0.12 * random();
  return (u, v, to) => {
    if (!sample(picture, u, v, to)) return false;
    for (let channel = 0; channel < 3; channel += 1) {
      to[channel] = Math.min(255, lift + contrast * (to[channel] ?? 0));
    }
    return true;
  };
}

/** A room behind the attacker: a soft gradient. */
export function room(random: () => number): Frame {
  const frame = emptyFrame();
  const [red, green, blue] = [90 + 80 * random(), 90 + 80 * random(), 90 + 80 * random()];
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const at = (y * WIDTH + x) * 3;
      const shade = 0.75 + 0.25 * (x / WIDTH) - 0.15 * (y / HEIGHT);
      frame.data.set([red * shade, green * shade, blue * shade], at);
    }
  }
  return frame;
}

/** Frame `still` of `source`, printed and held; `bent` makes it a cylinder of up to 1.9 per width. */
export async function heldPrint(
  source: Source,
  options: { readonly seed: number; readonly bent: boolean; readonly still: number },
): Promise<Presentation> {
  const random = randomFrom(options.seed);
  const still = await source.frame(options.still);
  const pose = hand(random, { yaw: 45, pitch: 12, bend: options.bent ? 1.9 : 0 });
  const look: Look = { paint: paper(still, random), background: room(random) };
  return {
    frameAt: (atMs) => {
      const frame = render(pose(atMs), look);
      addSensorNoise(frame, random);
      return Promise.resolve(frame);
    },
  };
}

/** `source` played on a screen that is held before the camera: bezel, pixel grid, glare and refresh band. */
export function heldScreen(source: Source, options: { readonly seed: number }): Presentation {
  const random = randomFrom(options.seed);
  const start = random() * source.length;
  const pose = hand(random, { yaw: 8, pitch: 5, bend: 0 });
  const shrink = 0.72 + 0.3 * random();
  const bezel = 10 + 25 * random();
  const glare = 0.05 + 0.1 * random();
  const pitchPx = 1.6 + 1.2 * random();
  const [bandPeriodMs, bandDepth] = [300 + 900 * random(), 0.02 + 0.05 * random()];
  const background = room(random);
  return {
    async frameAt(atMs) {
      const picture = await source.frame(Math.floor(start + (atMs * 30) / 1000) % source.length);
      const paint: Look['paint'] = (u, v, to) => {
        const [x, y] = [(u - WIDTH / 2) / shrink + WIDTH / 2, (v - HEIGHT / 2) / shrink + HEIGHT / 2];
        if (!sample(picture, x, y, to)) {
          const isBezel = x > -bezel && y > -bezel && x < WIDTH + bezel && y < HEIGHT + bezel;
          if (isBezel) to.fill(14);
          return isBezel;
        }
        const grid =
          1 - 0.18 * Math.abs(Math.sin((Math.PI * u) / pitchPx) * Math.sin((Math.PI * v) / pitchPx));
        const band = 1 - bandDepth * (1 + Math.sin(2 * Math.PI * (v / HEIGHT - atMs / bandPeriodMs)));
        for (let channel = 0; channel < 3; channel += 1) {
          const emitted = 255 * ((to[channel] ?? 0) / 255) ** 1.12 * grid * band;
          to[channel] = Math.min(255, emitted * (1 - glare) + 255 * glare * 0.6);
        }
        return true;
      };
      const frame = render(pose(atMs), { paint, background });
      addSensorNoise(frame, random);
      return frame;
    },
  };
}
