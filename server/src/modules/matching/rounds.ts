// Things that are done again and again while the server runs, each one after the other has ended.
import type { Logger } from '../../platform/logging/logger.js';

export interface Round {
  readonly run: () => Promise<void>;
  /** What the log says when it fails; the next one is tried all the same. */
  readonly failure: string;
}

export class Rounds {
  private isStopped = false;
  private readonly timers = new Map<Round, NodeJS.Timeout>();
  private readonly underWay = new Map<Round, Promise<void>>();

  constructor(private readonly logger: Logger) {}

  every(waitMs: number, round: Round): void {
    const timer = setTimeout(() => {
      const done = this.once(round).then(() => {
        this.underWay.delete(round);
        if (!this.isStopped) this.every(waitMs, round);
      });
      this.underWay.set(round, done);
    }, waitMs);
    timer.unref();
    this.timers.set(round, timer);
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.all(this.underWay.values());
  }

  private async once({ run, failure }: Round): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.logger.error(failure, error);
    }
  }
}
