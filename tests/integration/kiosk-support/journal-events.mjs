// Well-formed events for journal tests.
import { randomUUID } from 'node:crypto';

export const DEVICE = '00000000-0000-4000-8000-000000000001';
const TENANT = '00000000-0000-4000-8000-000000000002';

const common = ({ epoch, seq, prevHash }) => ({
  v: 1,
  tenant: TENANT,
  device: DEVICE,
  epoch,
  seq,
  prevHash,
  id: randomUUID(),
  wallMs: 1_760_000_000_000,
  monoMs: 1000,
  bootId: 'boot',
  atMs: 1_760_000_000_000,
  time: { quality: 'unverified', earliestMs: null, latestMs: null },
  zone: 'Asia/Kolkata',
});

export const checkInEvent = (position) => ({
  ...common(position),
  boxHash: 'a'.repeat(64),
  senderKey: `${'A'.repeat(43)}=`,
  serverKeyId: 'box-1',
  type: 'check-in',
  liveness: { policy: 'passive', decision: 'live', version: 'v', cues: {}, tookMs: 1 },
  models: { detector: 'd', landmarks: 'l', recognition: 'r' },
  frames: 3,
  camera: null,
});

export const epochEvent = (position, reason) => ({
  ...common(position),
  type: 'epoch',
  boxHash: null,
  reason,
  previous: null,
});
