// Virtual time: what was planned happens in its order, and an hour passes as fast as the work in it.

interface Planned {
  readonly atMs: number;
  readonly order: number;
  work: (() => void) | null;
}

export class Timeline {
  #nowMs = 0;
  #order = 0;
  readonly #heap: Planned[] = [];

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Gives back what calls it off. */
  after(waitMs: number, work: () => void): () => void {
    const planned: Planned = { atMs: this.#nowMs + Math.max(0, waitMs), order: this.#order, work };
    this.#order += 1;
    this.#heap.push(planned);
    this.#rise(this.#heap.length - 1);
    return () => {
      planned.work = null;
    };
  }

  /** Does everything up to `untilMs`, and lets all promises settle after each step. */
  async runUntil(untilMs: number): Promise<void> {
    for (let next = this.#heap[0]; next !== undefined && next.atMs <= untilMs; next = this.#heap[0]) {
      this.#removeFirst();
      if (next.work === null) continue;
      this.#nowMs = next.atMs;
      next.work();
      await settled();
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink(0);
  }

  #rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#swapIfLess(at, parent)) return;
      at = parent;
    }
  }

  #sink(from: number): void {
    for (let at = from; ;) {
      const left = 2 * at + 1;
      const right = left + 1;
      const smaller = right < this.#heap.length && isLess(this.#heap[right], this.#heap[left]) ? right : left;
      if (smaller >= this.#heap.length || !this.#swapIfLess(smaller, at)) return;
      at = smaller;
    }
  }

  #swapIfLess(child: number, parent: number): boolean {
    const [a, b] = [this.#heap[child], this.#heap[parent]];
    if (a === undefined || b === undefined || !isLess(a, b)) return false;
    this.#heap[child] = b;
    this.#heap[parent] = a;
    return true;
  }
}

/** Everything in a simulation waits on promises alone, and those are all settled before the next macrotask. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function isLess(a: Planned | undefined, b: Planned | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.atMs === b.atMs ? a.order < b.order : a.atMs < b.atMs;
}
