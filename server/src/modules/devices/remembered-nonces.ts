// Nonces of signed requests, so that a request which somebody copied is not taken twice. In memory and bounded: every
// device request is idempotent, so what a restart forgets can be repeated but changes nothing.

export class RememberedNonces {
  /** Two generations: each lives at least `rememberMs`, and forgetting is dropping the older one. */
  private young = new Set<string>();
  private old = new Set<string>();
  private youngSinceMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly rememberMs: number,
    private readonly atMost: number,
  ) {}

  /** False when it was seen already. `full` when no more can be remembered: then nothing may be let in. */
  take(nonce: string, nowMs: number): 'new' | 'seen' | 'full' {
    if (nowMs - this.youngSinceMs >= this.rememberMs) {
      this.old = nowMs - this.youngSinceMs < 2 * this.rememberMs ? this.young : new Set();
      this.young = new Set();
      this.youngSinceMs = nowMs;
    }
    if (this.young.has(nonce) || this.old.has(nonce)) return 'seen';
    if (this.young.size + this.old.size >= this.atMost) return 'full';
    this.young.add(nonce);
    return 'new';
  }
}
