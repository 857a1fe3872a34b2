// Remembers who was served last, so that someone who simply keeps standing there is not served again, while the next
// person who steps into the same place is. Keeps one embedding in memory and wipes it as soon as that person has left.
import { type Face, copyFace, faceDistance, wipeFace } from './face.js';

/**
 * Beyond this unit-length distance, twice in a row, somebody else stands in the same place. Measured: frames of one
 * person lie within 0.30 of each other, of two people almost always beyond it (see matching/calibration.ts).
 */
const SOMEBODY_ELSE = 0.38;
const LOOK_EVERY_MS = 400;
/** Someone for whom no punch was made and who stays is tried again after this time. */
const TRY_AGAIN_MS = 20_000;

export class Departure {
  #trackId: number | null = null;
  #face: Face | null = null;
  #lastLookMs = 0;
  #strangeLooks = 0;
  #tryAgainAtMs = Number.POSITIVE_INFINITY;

  get trackId(): number | null {
    return this.#trackId;
  }

  /** Copies the face. */
  served(trackId: number, face: Face, nowMs: number): void {
    this.clear();
    this.#trackId = trackId;
    this.#face = copyFace(face);
    this.#lastLookMs = nowMs;
  }

  /** No punch came of it: whoever stays is served once more. After a punch, time alone never serves anybody again. */
  nothingCameOfIt(nowMs: number): void {
    if (this.#trackId !== null) this.#tryAgainAtMs = nowMs + TRY_AGAIN_MS;
  }

  /** Says which tracks are in view; forgets a person who left. */
  observe(trackIds: readonly number[], nowMs: number): void {
    if (this.#trackId === null) return;
    if (!trackIds.includes(this.#trackId) || nowMs >= this.#tryAgainAtMs) this.clear();
  }

  wantsLook(nowMs: number): boolean {
    return this.#trackId !== null && nowMs - this.#lastLookMs >= LOOK_EVERY_MS;
  }

  /** A fresh look at the face on the remembered track. */
  look(face: Face, nowMs: number): void {
    if (this.#face === null) return;
    this.#lastLookMs = nowMs;
    if (face.models.recognition !== this.#face.models.recognition) {
      // A new model knows nobody yet: whoever stands on the same track is taken for the one who was served.
      wipeFace(this.#face);
      this.#face = copyFace(face);
      return;
    }
    const isStrange = faceDistance(this.#face, face) > SOMEBODY_ELSE;
    this.#strangeLooks = isStrange ? this.#strangeLooks + 1 : 0;
    if (this.#strangeLooks >= 2) this.clear();
  }

  clear(): void {
    if (this.#face !== null) wipeFace(this.#face);
    this.#face = null;
    this.#trackId = null;
    this.#strangeLooks = 0;
    this.#tryAgainAtMs = Number.POSITIVE_INFINITY;
  }
}
