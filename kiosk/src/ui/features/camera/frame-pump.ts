// Takes frames from the live picture to the agent: raw pixels, one in flight, overwritten as soon as they are handed
// over. Never a compressed picture, never anything that could be written to a disk.
import { encodeFrame } from '../../../contract/frame.js';
import { fitFrame } from './fit-frame.js';

/** At most about 14 frames a second; the agent's answer slows it further. */
const MIN_INTERVAL_MS = 70;

export interface FramePort {
  /** Whether the agent's view needs the camera now. */
  isWanted(): boolean;
  /** Resolves when the agent wants the next frame. */
  send(frame: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** Starts taking frames from `video`; returns how to stop. The canvas is cleared when it stops. */
export function startFramePump(video: HTMLVideoElement, port: FramePort): () => void {
  const canvas = new OffscreenCanvas(16, 16);
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  let isStopped = false;
  let isInFlight = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  let handle = 0;

  const take = (capturedMonoMs: number) => {
    const size = fitFrame(video.videoWidth, video.videoHeight);
    if (context === null || size === null) return;
    if (canvas.width !== size.width) canvas.width = size.width;
    if (canvas.height !== size.height) canvas.height = size.height;
    context.drawImage(video, 0, 0, size.width, size.height);
    const pixels = context.getImageData(0, 0, size.width, size.height);
    const data = new Uint8Array(pixels.data.buffer);
    const frame = encodeFrame({ ...size, channels: 4, data, capturedMonoMs });
    data.fill(0);
    isInFlight = true;
    void port
      .send(frame)
      .catch(() => undefined)
      .finally(() => {
        isInFlight = false;
      });
  };

  const next = () => {
    handle = video.requestVideoFrameCallback((nowMs, frame) => {
      if (isStopped) return;
      next();
      if (isInFlight || document.hidden || nowMs - lastMs < MIN_INTERVAL_MS || !port.isWanted()) return;
      lastMs = nowMs;
      take(frame.captureTime ?? nowMs);
    });
  };
  next();

  return () => {
    isStopped = true;
    video.cancelVideoFrameCallback(handle);
    context?.clearRect(0, 0, canvas.width, canvas.height);
  };
}
