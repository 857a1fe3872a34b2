// Pairs a tablet double with a test server the way people do it, and enrols people at it.
import type { ConsoleClient } from './console-client.js';
import { DeviceClient, type ServerPlace, newFace, pictureOf } from './device-client.js';
import type { TestServer } from './server.js';
import type { DeviceConfig, Outcome } from '../../shared/src/protocol/device.js';
import type { ConsoleRoute, OutputOf } from '../../shared/src/protocol/console.js';

export interface EnrolledPerson {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly face: Float32Array;
}

/** The body of a console call that must succeed. */
export async function must<R extends ConsoleRoute>(
  console: ConsoleClient,
  route: R,
  input: Parameters<ConsoleClient['call']>[1] = {},
): Promise<OutputOf<R>> {
  const { status, text, body } = await console.call<OutputOf<R>>(route, input);
  if (status !== 200) throw new Error(`${route} answered ${String(status)} ${text}`);
  return body;
}

/** Confirms the copy of the root key, without which nobody can be enrolled. */
export async function saveRootKey(console: ConsoleClient, password: string): Promise<void> {
  const { text } = await must(console, 'rootKeyCopy', { body: { password } });
  const lastSix = text.replace(/[^A-Za-z0-9]/g, '').slice(-6);
  await must(console, 'rootKeyConfirm', { body: { lastSix } });
}

interface PairingOptions {
  readonly name?: string;
  readonly cameraPin?: string | null;
}

export async function newPairing(
  console: ConsoleClient,
  name = 'Gate tablet',
): Promise<OutputOf<'createPairing'>> {
  const { items } = await must(console, 'sites');
  const siteId = items[0]!.id;
  return await must(console, 'createPairing', { body: { name, siteId } });
}

export function pairDevice(
  server: TestServer,
  console: ConsoleClient,
  options: PairingOptions = {},
): Promise<DeviceClient> {
  const place = { port: server.running.httpsPort, ca: server.ca };
  return pairDeviceAt(place, console, { ...options, nowMs: () => server.clock.nowMs() });
}

/** Like `pairDevice`, with a server in another process. */
export async function pairDeviceAt(
  place: ServerPlace,
  console: ConsoleClient,
  options: PairingOptions & { readonly nowMs: () => number },
): Promise<DeviceClient> {
  const pairing = await newPairing(console, options.name);
  const device = new DeviceClient(place, options.nowMs);
  const paired = await device.pair(pairing.code);
  if (paired.status !== 200) throw new Error(`pairing answered ${String(paired.body.code)}`);
  device.deviceId = paired.body['deviceId'] as string;
  const cameraPin = options.cameraPin ?? null;
  await must(console, 'confirmPairing', { id: pairing.pairingId, body: { cameraPin } });
  const status = await device.pairStatus();
  device.config = status.body['config'] as DeviceConfig;
  return device;
}

export async function addPerson(console: ConsoleClient, code: string, name: string): Promise<string> {
  const { items } = await must(console, 'sites');
  const body = {
    code,
    name,
    department: null,
    siteId: items[0]!.id,
    locale: 'en' as const,
    joined: '2020-01-01',
  };
  return (await must(console, 'createPerson', { body })).id;
}

/** Starts the enrolment of somebody in the console and sends these templates from the tablet. */
export async function enrolTemplates(
  console: ConsoleClient,
  device: DeviceClient,
  who: { readonly id: string; readonly templates: readonly Float32Array[] },
  fields: Record<string, unknown> = {},
): Promise<Outcome> {
  await must(console, 'startEnrolment', { id: who.id, body: { deviceId: device.deviceId } });
  const { body } = await device.heartbeat();
  if (body.enrolment === null) throw new Error('no ticket came with the heartbeat');
  return device.outcome([device.enrolment(body.enrolment, who.templates, fields)]);
}

/** Adds a person, starts the enrolment in the console and enrols the face at the tablet. */
export async function enrolPerson(
  console: ConsoleClient,
  device: DeviceClient,
  who: { readonly code: string; readonly name: string; readonly face?: Float32Array },
): Promise<EnrolledPerson> {
  const face = who.face ?? newFace();
  const id = await addPerson(console, who.code, who.name);
  await must(console, 'startEnrolment', { id, body: { deviceId: device.deviceId } });
  const { body } = await device.heartbeat();
  if (body.enrolment === null) throw new Error('no ticket came with the heartbeat');
  const templates = [pictureOf(face), pictureOf(face), pictureOf(face)];
  const outcome = await device.outcome([device.enrolment(body.enrolment, templates)]);
  if (outcome.kind !== 'enrolled') throw new Error(`enrolment ended as ${JSON.stringify(outcome)}`);
  return { id, face, ...who };
}
