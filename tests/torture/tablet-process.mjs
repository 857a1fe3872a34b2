// A tablet's journal and sync in a process of their own, to be killed: the product's parts without camera and engine.
// It records a check-in every few milliseconds, and says each one only after it was recorded.
// With `drain COUNT` it records so many at once, as after an outage, and ends when all are sent.
// Usage: node tablet-process.mjs CREDENTIALS.json JOURNAL PORT record|drain [COUNT]
import { createPublicKey, randomBytes, randomUUID, verify } from 'node:crypto';
import { readFileSync, writeSync } from 'node:fs';
import { Recorder } from '../../kiosk/dist/agent/recorder.js';
import { Sealer } from '../../kiosk/dist/agent/sealer.js';
import { TrustedTime } from '../../kiosk/dist/agent/trusted-time.js';
import { DeviceKey } from '../../kiosk/dist/identity/device-key.js';
import { openJournal } from '../../kiosk/dist/journal/open-journal.js';
import { DeviceClient } from '../../kiosk/dist/sync/device-client.js';
import { SyncRunner } from '../../kiosk/dist/sync/sync-runner.js';

const [credentials, path, port, mode, count] = process.argv.slice(2);
const { secret, config } = JSON.parse(readFileSync(credentials, 'utf8'));
const key = DeviceKey.fromSecret(Buffer.from(secret, 'base64'));
const clock = { wallMs: () => Date.now(), monoMs: () => performance.now(), bootId: randomUUID() };
const time = new TrustedTime(clock, null);
const spki = createPublicKey({
  key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.publicKey]),
  format: 'der',
  type: 'spki',
});
const { journal, announce } = openJournal({
  path,
  deviceId: config.deviceId,
  signer: key,
  verify: (bytes, signature) => verify(null, bytes, spki, signature),
  lastEpoch: 0,
  wallMs: clock.wallMs,
  driver: null,
});
const recorder = new Recorder(
  {
    journal,
    config: () => config,
    time,
    clock,
    sealer: new Sealer(clock.monoMs),
    newId: randomUUID,
    onEpoch: () => undefined,
  },
  announce,
);
const client = new DeviceClient({
  host: 'localhost',
  port: Number(port),
  trust: { spkiPins: () => config.spkiPins, trustedNowMs: () => null },
  deviceId: config.deviceId,
  signer: key,
  serverSignKey: Buffer.from(config.serverSignPublicKey, 'base64'),
  monoMs: clock.monoMs,
  nowMs: () => time.bestNowMs(),
  onTime: (sample) => time.take(sample),
});
const runner = new SyncRunner({
  journal,
  client,
  monoMs: clock.monoMs,
  after: (waitMs, work) => {
    const timer = setTimeout(work, waitMs);
    return () => clearTimeout(timer);
  },
  random: Math.random,
  describe: () => ({
    appVersion: '0.1.0',
    configVersion: config.version,
    camera: null,
    models: null,
    wallMs: Date.now(),
    problem: null,
  }),
  startEpoch: (reason) => recorder.startEpoch(reason).ok,
  onConfig: () => undefined,
  onEnrolment: () => undefined,
  onStatus: () => undefined,
  onSent: () => undefined,
});

function face() {
  const values = Float32Array.from(randomBytes(128), (byte) => byte - 127.5);
  const norm = Math.hypot(...values);
  const models = { detector: 'd', landmarks: 'l', recognition: config.recognition.current || 'r' };
  return { current: values.map((value) => value / norm), next: null, models };
}

const liveness = { policy: 'passive', decision: 'live', version: 'v', cues: {}, tookMs: 1 };
function record() {
  const done = recorder.checkIn({ face: face(), frames: 3, liveness, camera: null });
  writeSync(1, done.ok ? `${done.value.epoch} ${done.value.seq} ${done.value.hash}\n` : `${done.error}\n`);
}

writeSync(1, `open ${journal.head.epoch} ${journal.head.seq} ${announce}\n`);
for (let at = 0; at < Number(count ?? 0); at += 1) record();
runner.start();
if (mode === 'record') {
  setInterval(record, 4);
} else {
  setInterval(() => {
    if (journal.queue().unsent > 0 || !runner.status.online) return;
    writeSync(1, `drained ${journal.head.epoch} ${journal.head.seq} ${journal.queue().heldBack}\n`);
    process.exit(0);
  }, 20);
}
