// One simulated day of a fleet from one seed: tablets, two server processes and everything that may go wrong between them,
// and an oracle that knows what people were told. The same seed gives the same day, byte for byte.
import { createHash } from 'node:crypto';
import { GENESIS_HASH, chainHash } from '@hazri/shared/crypto/hash-chain';
import { utf8ToBytes } from '@hazri/shared/crypto/encoding';
import type { Image } from './disk.js';
import { FAIR, FOUL, Network } from './network.js';
import { Random } from './random.js';
import { SimulatedServer } from './server.js';
import { SimulatedTablet, type World } from './tablet.js';
import { Timeline } from './timeline.js';

const HEALING_AT_MOST_MS = 30 * 60_000;
const HEALING_STEP_MS = 2_500;
const LATEST_ARRIVAL_MS = 60_000;

export interface Day {
  readonly seed: number;
  /** SHA-256 over everything that happened. */
  readonly digest: string;
  readonly told: number;
  readonly stored: number;
  /** Told, but on a disk that was put back to an image from before. */
  readonly erased: number;
  readonly heldBack: number;
  /** What was broken, in words; empty when every promise was kept. */
  readonly broken: readonly string[];
}

interface Told {
  readonly tablet: SimulatedTablet;
  readonly person: number;
  readonly order: number;
}

export class Fleet {
  readonly #random: Random;
  readonly #timeline = new Timeline();
  readonly #network: Network;
  readonly #server: SimulatedServer;
  readonly #tablets: SimulatedTablet[];
  readonly #told = new Map<string, Told>();
  readonly #erased = new Set<string>();
  readonly #images = new Map<SimulatedTablet, { image: Image; order: number }>();
  /** Tablets whose disk was once put back. */
  readonly #putBack = new Set<SimulatedTablet>();
  readonly #trace = createHash('sha256');
  readonly #broken: string[] = [];
  #order = 0;
  /** Most of what happens, happens at few tablets. */
  #busyTablets: number;

  constructor(
    private readonly seed: number,
    tablets: number,
  ) {
    this.#random = new Random(seed);
    this.#network = new Network(this.#timeline, this.#random);
    this.#server = new SimulatedServer(this.#timeline, this.#random);
    const world: World = {
      timeline: this.#timeline,
      random: this.#random,
      network: this.#network,
      server: this.#server,
    };
    this.#tablets = Array.from({ length: tablets }, (_, index) => new SimulatedTablet(world, index + 1));
    this.#busyTablets = 1 + this.#random.int(tablets);
  }

  async run(operations: number): Promise<Day> {
    for (let at = 0; at < operations; at += 1) {
      const waitMs = this.#random.chance(0.015)
        ? this.#random.between(1_000, 10_000)
        : this.#random.between(0, 60);
      await this.#timeline.runUntil(this.#timeline.nowMs + waitMs);
      const what = this.#operate();
      this.#trace.update(`${String(at)} ${what} ${this.#timeline.nowMs.toFixed(3)}\n`);
    }
    await this.#heal();
    return this.#judge();
  }

  #operate(): string {
    const tablet = this.#anyTablet();
    const roll = this.#random.int(1_000);
    const found = OPERATORS.find(({ below }) => roll < below);
    found?.act(this, tablet);
    return `${found?.name ?? ''} ${tablet.deviceId}`;
  }

  #anyTablet(): SimulatedTablet {
    const among = this.#random.chance(0.9) ? this.#busyTablets : this.#tablets.length;
    const tablet = this.#tablets[this.#random.int(among)];
    if (tablet === undefined) throw new Error('no tablet');
    return tablet;
  }

  punch(tablet: SimulatedTablet): void {
    tablet.start();
    const person = this.#random.int(1_000);
    const order = (this.#order += 1);
    const done = tablet.punch(person, this.#random.chance(0.3));
    if (done === null) return;
    if (done.isTold) this.#told.set(done.id, { tablet, person, order });
    // Nobody was told; it may be there after the restart, but never twice.
    else this.#erased.add(done.id);
  }

  killTablet(tablet: SimulatedTablet): void {
    tablet.kill();
  }

  rebootTablet(tablet: SimulatedTablet): void {
    tablet.reboot();
  }

  cutPower(tablet: SimulatedTablet): void {
    tablet.disk.cutNextWrite = this.#random.chance(0.5) ? 'before-commit' : 'after-commit';
  }

  turnDiskFull(tablet: SimulatedTablet): void {
    tablet.disk.isFull = !tablet.disk.isFull;
  }

  jumpClock(tablet: SimulatedTablet): void {
    const days = this.#random.chance(0.5) ? 1 : 730;
    tablet.wallErrorMs = this.#random.between(-days, days) * 86_400_000;
  }

  turnOffline(tablet: SimulatedTablet): void {
    const { cutOff } = this.#network;
    if (!cutOff.delete(tablet.deviceId)) cutOff.add(tablet.deviceId);
  }

  turnNetwork(): void {
    this.#network.isUp = !this.#network.isUp;
  }

  turnWeather(): void {
    this.#network.weather = this.#network.weather === FAIR ? FOUL : FAIR;
  }

  killServer(): void {
    this.#server.restart();
  }

  killServerAtCommit(): void {
    this.#server.fates.push(this.#random.chance(0.5) ? 'dies-before' : 'dies-after');
  }

  turnServerBusy(): void {
    this.#server.isBusy = !this.#server.isBusy;
  }

  turnGallery(): void {
    this.#server.isGalleryReady = !this.#server.isGalleryReady;
  }

  turnRevoked(tablet: SimulatedTablet): void {
    const { revoked } = this.#server;
    if (!revoked.delete(tablet.deviceId)) revoked.add(tablet.deviceId);
  }

  takeImage(tablet: SimulatedTablet): void {
    this.#images.set(tablet, { image: tablet.disk.image(), order: this.#order });
  }

  putBackImage(tablet: SimulatedTablet): void {
    const found = this.#images.get(tablet);
    if (found === undefined) return;
    tablet.kill();
    tablet.disk.putBack(found.image, this.#random.chance(0.5));
    this.#putBack.add(tablet);
    for (const [id, told] of this.#told) {
      if (told.tablet === tablet && told.order > found.order) this.#erased.add(id);
    }
    tablet.start();
  }

  async #heal(): Promise<void> {
    this.#network.weather = FAIR;
    this.#network.isUp = true;
    this.#network.cutOff.clear();
    this.#server.fates.length = 0;
    this.#server.isBusy = false;
    this.#server.isGalleryReady = true;
    this.#server.revoked.clear();
    for (const tablet of this.#tablets) {
      tablet.disk.isFull = false;
      tablet.disk.cutNextWrite = null;
    }
    let waiting = this.#tablets.filter((tablet) => tablet.isOn || !tablet.disk.isEmpty);
    for (const tablet of waiting) tablet.start();
    const untilMs = this.#timeline.nowMs + HEALING_AT_MOST_MS;
    while (waiting.length > 0 && this.#timeline.nowMs < untilMs) {
      await this.#timeline.runUntil(this.#timeline.nowMs + HEALING_STEP_MS);
      waiting = waiting.filter((tablet) => !tablet.isDrained);
    }
    for (const { deviceId } of waiting) this.#broken.push(`never drained: ${deviceId}`);
    // What is still on its way arrives late, when nobody waits for it any more.
    await this.#timeline.runUntil(this.#timeline.nowMs + LATEST_ARRIVAL_MS);
    await this.#server.decideUndecided();
  }

  #judge(): Day {
    const { punches, events, alarms } = this.#server.store;
    for (const stored of events.values()) {
      let previous = GENESIS_HASH;
      for (const { canonical, hash } of stored) {
        if (chainHash(previous, utf8ToBytes(canonical)) !== hash)
          this.#broken.push('a stored chain is broken');
        previous = hash;
        this.#trace.update(hash);
      }
    }
    const times = new Map<string, number>();
    for (const { eventId } of punches) times.set(eventId, (times.get(eventId) ?? 0) + 1);
    for (const [id, count] of times) {
      if (count > 1) this.#broken.push(`doubled: ${id}`);
      if (!this.#told.has(id) && !this.#erased.has(id)) this.#broken.push(`from nowhere: ${id}`);
    }
    const heldBack = this.#heldBack();
    for (const [id, { tablet }] of this.#told) {
      const isThere = times.has(id) || this.#erased.has(id) || heldBack.has(id);
      if (!isThere) this.#broken.push(`lost: ${id} at ${tablet.deviceId}`);
    }
    this.#judgeOrder();
    for (const { deviceId } of alarms) {
      const isDue = [...this.#putBack].some((tablet) => tablet.deviceId === deviceId);
      if (!isDue) this.#broken.push(`a false alarm at ${String(deviceId)}`);
    }
    return {
      seed: this.seed,
      digest: this.#trace.digest('hex'),
      told: this.#told.size,
      stored: punches.length,
      erased: this.#erased.size,
      heldBack: heldBack.size,
      broken: this.#broken,
    };
  }

  /** Ids of events that a tablet keeps without sending them; only a disk that was put back may lead to that. */
  #heldBack(): Set<string> {
    const found = new Set<string>();
    for (const { disk, deviceId } of this.#putBack) {
      for (const [epoch, rows] of disk.rows) {
        const stored = this.#server.store.events.get(`${deviceId}|${String(epoch)}`);
        for (const { seq, hash, bytes } of rows.values()) {
          if (stored?.[seq - 1]?.hash === hash) continue;
          found.add((JSON.parse(Buffer.from(bytes).toString()) as { id: string }).id);
        }
      }
    }
    return found;
  }

  #judgeOrder(): void {
    const last = new Map<string, { order: number; epoch: number; seq: number }>();
    const inOrder = [...this.#server.store.punches].sort((a, b) => a.epoch - b.epoch || a.seq - b.seq);
    for (const { eventId, deviceId, epoch, seq } of inOrder) {
      const told = this.#told.get(eventId);
      if (told === undefined || this.#putBack.has(told.tablet)) continue;
      const before = last.get(deviceId);
      if (before !== undefined && before.order > told.order) this.#broken.push(`out of order: ${eventId}`);
      last.set(deviceId, { order: told.order, epoch, seq });
    }
  }
}

interface Operator {
  readonly name: string;
  /** Of a thousand, counted on from the one before. */
  readonly below: number;
  readonly act: (fleet: Fleet, tablet: SimulatedTablet) => void;
}

const shares: readonly (readonly [string, number, Operator['act']])[] = [
  [
    'punch',
    480,
    (fleet, tablet) => {
      fleet.punch(tablet);
    },
  ],
  [
    'kill tablet',
    80,
    (fleet, tablet) => {
      fleet.killTablet(tablet);
    },
  ],
  [
    'cut power',
    80,
    (fleet, tablet) => {
      fleet.cutPower(tablet);
    },
  ],
  [
    'reboot',
    30,
    (fleet, tablet) => {
      fleet.rebootTablet(tablet);
    },
  ],
  [
    'disk full',
    40,
    (fleet, tablet) => {
      fleet.turnDiskFull(tablet);
    },
  ],
  [
    'clock',
    20,
    (fleet, tablet) => {
      fleet.jumpClock(tablet);
    },
  ],
  [
    'offline',
    70,
    (fleet, tablet) => {
      fleet.turnOffline(tablet);
    },
  ],
  [
    'network',
    15,
    (fleet) => {
      fleet.turnNetwork();
    },
  ],
  [
    'weather',
    25,
    (fleet) => {
      fleet.turnWeather();
    },
  ],
  [
    'kill server',
    25,
    (fleet) => {
      fleet.killServer();
    },
  ],
  [
    'kill server at commit',
    40,
    (fleet) => {
      fleet.killServerAtCommit();
    },
  ],
  [
    'busy',
    10,
    (fleet) => {
      fleet.turnServerBusy();
    },
  ],
  [
    'gallery',
    10,
    (fleet) => {
      fleet.turnGallery();
    },
  ],
  [
    'revoked',
    5,
    (fleet, tablet) => {
      fleet.turnRevoked(tablet);
    },
  ],
  [
    'image',
    40,
    (fleet, tablet) => {
      fleet.takeImage(tablet);
    },
  ],
  [
    'put back',
    30,
    (fleet, tablet) => {
      fleet.putBackImage(tablet);
    },
  ],
];

const OPERATORS: readonly Operator[] = shares.map(([name, , act], at) => ({
  name,
  below: shares.slice(0, at + 1).reduce((sum, [, share]) => sum + share, 0),
  act,
}));
