// Opens the camera the company pinned and no other. Asks for no sound and never for a still picture.
import type { CallInput } from '../../../contract/calls.js';

export type CameraReport = CallInput<'camera.report'>;
export interface OpenedCamera {
  readonly report: CameraReport;
  readonly stream: MediaStream | null;
}

const WANTED: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
  facingMode: 'user',
};
const MAX_LABEL = 300;

const videoTrack = (stream: MediaStream) => stream.getVideoTracks()[0];
export function stopStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

function opened(stream: MediaStream): OpenedCamera {
  const track = videoTrack(stream);
  const label = (track?.label ?? '').slice(0, MAX_LABEL);
  const deviceId = (track?.getSettings().deviceId ?? '').slice(0, 200);
  return { report: { state: 'open', camera: { label, deviceId } }, stream };
}

async function cameras(devices: MediaDevices): Promise<MediaDeviceInfo[]> {
  return (await devices.enumerateDevices()).filter((device) => device.kind === 'videoinput');
}

const byId = (devices: MediaDevices, deviceId: string) =>
  devices.getUserMedia({ audio: false, video: { ...WANTED, deviceId: { exact: deviceId } } });

/** `pin`: the label of the only camera that may be opened; null: any. Labels are readable only after permission. */
async function openPinned(devices: MediaDevices, pin: string | null): Promise<OpenedCamera> {
  const isPinned = (label: string) => label.slice(0, MAX_LABEL) === pin;
  const known = pin === null ? undefined : (await cameras(devices)).find((device) => isPinned(device.label));
  const stream = await (known === undefined
    ? devices.getUserMedia({ audio: false, video: WANTED })
    : byId(devices, known.deviceId));
  if (pin === null || isPinned(videoTrack(stream)?.label ?? '')) return opened(stream);
  stopStream(stream);
  const all = await cameras(devices);
  const pinned = all.find((device) => isPinned(device.label));
  if (pinned !== undefined) return opened(await byId(devices, pinned.deviceId));
  const found = all.map((device) => device.label.slice(0, MAX_LABEL));
  return { report: { state: 'not-pinned', found }, stream: null };
}

export async function openCamera(
  devices: MediaDevices | undefined,
  pin: string | null,
): Promise<OpenedCamera> {
  if (devices === undefined) return { report: { state: 'missing' }, stream: null };
  try {
    return await openPinned(devices, pin);
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : '';
    const isDenied = name === 'NotAllowedError' || name === 'SecurityError';
    return { report: { state: isDenied ? 'denied' : 'missing' }, stream: null };
  }
}
