// Room that is kept on the disk for the moment when it is full: two files of zeros beside the journal. The first is given
// up so that people can still punch, the second only for what makes room again. Both are made anew when there is space.
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statSync, statfsSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { WritePurpose } from './tables.js';

/** Enough for more than a thousand punches. */
const RECORD_BYTES = 4 * 1024 * 1024;
const MAKE_ROOM_BYTES = 1024 * 1024;
const PIECE = new Uint8Array(64 * 1024);

interface Part {
  readonly path: string;
  readonly bytes: number;
}

export class Reserve {
  readonly #record: Part;
  readonly #makeRoom: Part;

  /** @param beside path of the journal */
  constructor(beside: string) {
    this.#record = { path: `${beside}.reserve-1`, bytes: RECORD_BYTES };
    this.#makeRoom = { path: `${beside}.reserve-2`, bytes: MAKE_ROOM_BYTES };
  }

  get isWhole(): boolean {
    return existsSync(this.#record.path) && existsSync(this.#makeRoom.path);
  }

  /** Gives up what `purpose` may use; false when there is nothing left for it. */
  giveUp(purpose: WritePurpose): boolean {
    const parts = purpose === 'record' ? [this.#record] : [this.#record, this.#makeRoom];
    const found = parts.filter(({ path }) => existsSync(path));
    for (const { path } of found) rmSync(path, { force: true });
    return found.length > 0;
  }

  /** Makes the missing parts where as much again stays free; otherwise leaves the space to whoever needs it. */
  restore(): void {
    for (const part of [this.#makeRoom, this.#record]) {
      try {
        if (isComplete(part)) continue;
        const { bavail, bsize } = statfsSync(dirname(part.path));
        if (bavail * bsize >= 2 * part.bytes) fill(part);
      } catch {
        rmSync(part.path, { force: true });
      }
    }
  }
}

const isComplete = ({ path, bytes }: Part): boolean =>
  (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === bytes;

/** Written out and synced: a hole in a file keeps nothing. */
function fill({ path, bytes }: Part): void {
  const file = openSync(path, 'w', 0o600);
  try {
    for (let written = 0; written < bytes;) {
      written += writeSync(file, PIECE, 0, Math.min(PIECE.length, bytes - written));
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
