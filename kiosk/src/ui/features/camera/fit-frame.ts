// How large the frame for the agent is: the camera's shape kept, never larger than the engine can use.

const LONG_SIDE_PX = 640;
const SHORT_SIDE_PX = 480;

export interface FrameSize {
  readonly width: number;
  readonly height: number;
}

/** Fits the camera's picture into 640×480 (480×640 when it stands upright), never enlarging it; null without one. */
export function fitFrame(width: number, height: number): FrameSize | null {
  if (!(width >= 16 && height >= 16)) return null;
  const [maxWidth, maxHeight] =
    width >= height ? [LONG_SIDE_PX, SHORT_SIDE_PX] : [SHORT_SIDE_PX, LONG_SIDE_PX];
  const scale = Math.min(1, maxWidth / width, maxHeight / height);
  return { width: Math.max(16, Math.round(width * scale)), height: Math.max(16, Math.round(height * scale)) };
}
