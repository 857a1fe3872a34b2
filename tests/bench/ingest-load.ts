// Tablets that punch over real TLS 1.3 at a server in another process: at a steady rate, and as fast as it answers.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { calibration } from '../../shared/src/domain/matching/calibration.js';
import type { Dialect } from '../../server/src/platform/database/dialect.js';
import { ConsoleClient } from '../support/console-client.js';
import { type DeviceClient, pictureOf } from '../support/device-client.js';
import { newPlace } from '../support/dialects.js';
import { must, pairDeviceAt } from '../support/paired-device.js';
import { OWNER_PASSWORD } from '../support/server.js';

const TABLETS = 24;

export interface Load {
  readonly dialect: Dialect;
  /** The enrolled people's; the server makes the same ones from the seed. */
  readonly faces: readonly Float32Array[];
  readonly seed: number;
}

export interface Measured {
  /** Milliseconds from sending a punch to its signed answer. */
  readonly waits: readonly number[];
  readonly perSecond: number;
}

export class LoadedServer {
  private turn = 0;

  private constructor(
    private readonly child: ChildProcess,
    private readonly tablets: readonly DeviceClient[],
    private readonly faces: readonly Float32Array[],
    private readonly removePlace: () => Promise<void>,
  ) {}

  static async start({ dialect, faces, seed }: Load): Promise<LoadedServer> {
    const place = await newPlace(dialect);
    const { location } = place;
    const script = path.join(import.meta.dirname, 'ingest-server.mjs');
    const child = fork(script, location.dialect === 'sqlite' ? [] : [location.url]);
    const { port, ca } = (await answer(child)) as { port: number; ca: string };
    const console = new ConsoleClient({ port, ca });
    const body = {
      companyName: 'Bench Works',
      siteName: 'Main gate',
      zone: 'Asia/Kolkata',
      locale: 'en' as const,
      ownerName: 'Olga Owner',
      email: 'owner@bench.test',
      password: OWNER_PASSWORD,
    };
    await must(console, 'createCompany', { body });
    await must(console, 'updatePolicy', { body: { duplicateWithinSec: 0 } });
    const tenantId = (await must(console, 'currentSession')).company.id;
    child.send({ kind: 'people', tenantId, modelId: calibration.modelId, people: faces.length, seed });
    await answer(child);
    const tablets: DeviceClient[] = [];
    for (let at = 0; at < TABLETS; at += 1) {
      tablets.push(
        await pairDeviceAt({ port, ca }, console, { name: `Tablet ${String(at)}`, nowMs: Date.now }),
      );
    }
    return new LoadedServer(child, tablets, faces, () => place.remove());
  }

  /** Punches at a steady rate, whether or not the answers come: what a queue of people does. */
  async steady(perSecond: number, seconds: number): Promise<Measured> {
    const waits: number[] = [];
    const started = performance.now();
    const tails = this.tablets.map(() => Promise.resolve());
    for (let at = 0; at < perSecond * seconds; at += 1) {
      const due = started + (at * 1000) / perSecond;
      const early = due - performance.now();
      if (early > 1) await sleep(early);
      const lane = at % this.tablets.length;
      // A punch that must wait for the one before it at its tablet has waited since it was due.
      tails[lane] = tails[lane]!.then(async () => {
        await this.punch(this.tablets[lane]!);
        waits.push(performance.now() - due);
      });
    }
    await Promise.all(tails);
    return { waits, perSecond: (waits.length * 1000) / (performance.now() - started) };
  }

  /** Every tablet punches again as soon as it has its answer. */
  async flatOut(seconds: number): Promise<Measured> {
    const waits: number[] = [];
    const started = performance.now();
    const end = started + seconds * 1000;
    await Promise.all(
      this.tablets.map(async (tablet) => {
        while (performance.now() < end) {
          const sent = performance.now();
          await this.punch(tablet);
          waits.push(performance.now() - sent);
        }
      }),
    );
    return { waits, perSecond: (waits.length * 1000) / (performance.now() - started) };
  }

  async close(): Promise<void> {
    for (const tablet of this.tablets) tablet.close();
    const ended = once(this.child, 'exit');
    this.child.send({ kind: 'end' });
    await ended;
    await this.removePlace();
  }

  private async punch(tablet: DeviceClient): Promise<void> {
    this.turn += 1;
    const face = this.faces[(this.turn * 7) % this.faces.length]!;
    const outcome = await tablet.outcome([tablet.checkIn(pictureOf(face))]);
    if (outcome.kind !== 'accepted') throw new Error(`a punch ended as ${outcome.kind}`);
  }
}

async function answer(child: ChildProcess): Promise<unknown> {
  const [message] = (await once(child, 'message')) as [{ kind: string; message?: string }];
  if (message.kind === 'failed') throw new Error(message.message);
  return message;
}
