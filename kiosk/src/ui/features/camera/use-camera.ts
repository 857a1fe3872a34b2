// Keeps the pinned camera open and tells the agent what became of it. Opens again when a track ends, when devices
// change, and every few seconds while there is none.
import { useEffect, useState } from 'react';
import { type CameraReport, openCamera, stopStream } from './open-camera.js';

const RETRY_MS = 4000;
const SETTLE_MS = 400;

export interface CameraState {
  readonly report: CameraReport | null;
  readonly stream: MediaStream | null;
}

/** `pin` undefined: not known yet, nothing is opened. */
export function useCamera(pin: string | null | undefined): CameraState {
  const [state, setState] = useState<CameraState>({ report: null, stream: null });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (pin === undefined) return undefined;
    const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stream: MediaStream | null = null;
    const again = (afterMs: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        setAttempt((count) => count + 1);
      }, afterMs);
    };
    const onDevices = () => {
      if (stream === null) again(SETTLE_MS);
    };
    void openCamera(devices, pin).then((outcome) => {
      if (isOver) {
        stopStream(outcome.stream);
        return;
      }
      stream = outcome.stream;
      setState(outcome);
      if (stream === null) {
        again(RETRY_MS);
        return;
      }
      stream.getVideoTracks()[0]?.addEventListener('ended', () => {
        stream = null;
        setState({ report: { state: 'missing' }, stream: null });
        again(SETTLE_MS);
      });
    });
    devices?.addEventListener('devicechange', onDevices);
    return () => {
      isOver = true;
      clearTimeout(timer);
      devices?.removeEventListener('devicechange', onDevices);
      stopStream(stream);
    };
  }, [pin, attempt]);

  return state;
}
