// Runs work on several inputs at once and hands out their lines as if they had run one after another.

/** How many inputs may run ahead of the one whose lines are being handed out. */
const MOST_AHEAD = 64;

type Work<T> = (input: T, onLine: (line: string) => void) => Promise<void>;

/** The lines of all inputs, in the order of the inputs. Rejects with the first failure, at its place. */
export async function* linesInOrder<T>(inputs: Iterable<T>, work: Work<T>): AsyncGenerator<string> {
  const waiting = inputs[Symbol.iterator]();
  const running: Running[] = [];
  const startMore = (): void => {
    while (running.length < MOST_AHEAD) {
      const next = waiting.next();
      if (next.done === true) return;
      running.push(new Running((onLine) => work(next.value, onLine)));
    }
  };
  startMore();
  for (let head = running[0]; head; head = running[0]) {
    yield* head.drain();
    running.shift();
    startMore();
  }
}

class Running {
  private readonly lines: string[] = [];
  private readonly done: Promise<void>;
  private isDone = false;
  private wake: (() => void) | null = null;

  constructor(work: (onLine: (line: string) => void) => Promise<void>) {
    this.done = work((line) => {
      this.lines.push(line);
      this.wake?.();
    }).finally(() => {
      this.isDone = true;
      this.wake?.();
    });
    // Awaited when its turn comes; without this an earlier failure would count as unhandled until then.
    this.done.catch(() => undefined);
  }

  async *drain(): AsyncGenerator<string> {
    while (!this.isDone || this.lines.length > 0) {
      const line = this.lines.shift();
      if (line === undefined) await this.change();
      else yield line;
    }
    await this.done;
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}
