// Runs units one after the other on SQLite's single connection, and commits those that wait together at once: one
// synchronisation of the disk serves them all. Each unit stands behind a savepoint, so one that fails takes nothing with
// it but its own; nobody hears of success before the commit, and if that fails, all of its units have failed.
import { AsyncResource } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';

/** A group takes another unit only below both, so that its first one does not wait long for its answer. */
const UNITS_PER_COMMIT = 16;
const GROUP_MS = 25;

interface Unit {
  /** Runs the unit in a nested transaction of this manager; returns how its caller is told of success. */
  readonly work: (manager: EntityManager) => Promise<() => void>;
  readonly fail: (error: unknown) => void;
}

export class FifoCommits {
  private readonly waiting: Unit[] = [];
  private isBusy = false;

  constructor(private readonly source: DataSource) {}

  /** Resolves after the commit that holds what `work` did. */
  run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const unit = async (manager: EntityManager) => {
        const value = await work(manager);
        return () => {
          resolve(value);
        };
      };
      // Otherwise it would run in the context of whoever happened to wake the queue.
      this.waiting.push({ work: AsyncResource.bind(unit), fail: reject });
      if (!this.isBusy) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.isBusy = true;
    while (this.waiting.length > 0) await this.commitGroup();
    this.isBusy = false;
  }

  /** Never rejects: every unit of the group hears how it ended. */
  private async commitGroup(): Promise<void> {
    const open = new Set<Unit>();
    const succeeded: (() => void)[] = [];
    const endMs = performance.now() + GROUP_MS;
    try {
      await this.source.transaction(async (manager) => {
        for (let taken = 0; taken === 0 || this.mayTake(taken, endMs); taken += 1) {
          const unit = this.waiting.shift();
          if (unit === undefined) return;
          open.add(unit);
          try {
            succeeded.push(await unit.work(manager));
          } catch (error) {
            if (!this.isTransactionOpen()) throw error;
            open.delete(unit);
            unit.fail(error);
          }
        }
      });
    } catch (error) {
      for (const unit of open) unit.fail(error);
      return;
    }
    for (const succeed of succeeded) succeed();
  }

  private mayTake(taken: number, endMs: number): boolean {
    return taken < UNITS_PER_COMMIT && performance.now() < endMs;
  }

  /** On a full disk or a broken one SQLite itself rolls the whole transaction back: then nothing of the group stands. */
  private isTransactionOpen(): boolean {
    const { databaseConnection } = this.source.driver as unknown as {
      databaseConnection: { inTransaction: boolean };
    };
    return databaseConnection.inTransaction;
  }
}
