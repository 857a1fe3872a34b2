// Every access to the database happens inside a unit of work: all of it is committed, or none of it.
// On SQLite the ORM shares ONE connection, so units (reads too) go one after the other through a FIFO queue;
// otherwise one request's rollback takes another's acknowledged rows with it. It must never be bypassed.
// Units that wait there together share one commit, each behind a savepoint of its own (see FifoCommits).
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager, EntitySchema, ObjectLiteral } from 'typeorm';
import { InvariantError, OperationalError, type Result, err } from '@hazri/shared/result';
import { type Dialect, isRetryable } from './dialect.js';
import { FifoCommits } from './fifo-commits.js';

const ATTEMPTS = 6;
const FIRST_WAIT_MS = 10;

/** Carries a refusal out of a transaction, so that the transaction is rolled back. */
class RolledBack extends Error {
  constructor(readonly refusal: unknown) {
    super('rolled back');
  }
}

type Hook = () => void | Promise<void>;
type Writer<T> = (items: readonly T[]) => Promise<void>;

interface Committed<T> {
  readonly value: T;
  readonly hooks: readonly Hook[];
}

interface CurrentUnit {
  readonly manager: EntityManager;
  readonly afterCommit: Hook[];
  /** What was gathered, by who writes it. */
  readonly gathered: Map<Writer<unknown>, unknown[]>;
  isOpen: boolean;
  /** A joined run failed, so its half of the work must not be committed even if its caller goes on. */
  isDoomed: boolean;
}

/** What repositories see: the entity manager of the unit of work they are called in. */
export class Database {
  private readonly current = new AsyncLocalStorage<CurrentUnit>();

  constructor(
    readonly source: DataSource,
    readonly dialect: Dialect,
  ) {}

  /** Throws InvariantError outside a unit of work. */
  manager(): EntityManager {
    return this.unit().manager;
  }

  /**
   * Reads one row and keeps others from changing it until the unit of work ends; null when there is none.
   * On SQLite the queue already keeps everyone else out.
   */
  lockRow<Row extends ObjectLiteral>(schema: EntitySchema<Row>, where: Partial<Row>): Promise<Row | null> {
    const query = this.manager().getRepository(schema).createQueryBuilder('row').where(where);
    if (this.dialect !== 'sqlite') query.setLock('pessimistic_write');
    return query.getOne();
  }

  isInside(): boolean {
    return this.current.getStore()?.isOpen === true;
  }

  /** @internal for UnitOfWork */
  unit(): CurrentUnit {
    const unit = this.current.getStore();
    if (unit === undefined) throw new InvariantError('database used outside a unit of work');
    if (!unit.isOpen) throw new InvariantError('database used after its unit of work ended');
    return unit;
  }

  /** @internal for UnitOfWork */
  within<T>(unit: CurrentUnit, work: () => Promise<T>): Promise<T> {
    return this.current.run(unit, work);
  }

  /** @internal for UnitOfWork */
  outside<T>(work: () => T): T {
    return this.current.exit(work);
  }
}

export class UnitOfWork {
  private readonly fifo: FifoCommits;

  /** `onHookFailed` hears of an after-commit hook that threw; the commit stands all the same. */
  constructor(
    private readonly database: Database,
    private readonly onHookFailed: (error: unknown) => void = () => undefined,
  ) {
    this.fifo = new FifoCommits(database.source);
  }

  /**
   * Runs `work` in one transaction and resolves after the commit; a throw rolls everything back.
   * A run inside a run joins it. On PostgreSQL and MySQL `work` is repeated after a deadlock or a
   * serialisation failure, so outside the database it may only act through `afterCommit`.
   */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.database.isInside()) return this.join(work);
    const isSqlite = this.database.dialect === 'sqlite';
    const { value, hooks } = await (isSqlite
      ? this.fifo.run((manager) => this.once(work, manager))
      : this.repeated(work));
    for (const hook of hooks) await this.runHook(hook);
    return value;
  }

  /** Like `run`, but a refusal rolls everything back as well and comes back as the result. */
  async attempt<T, E>(work: () => Promise<Result<T, E>>): Promise<Result<T, E>> {
    try {
      return await this.run(async () => {
        const result = await work();
        if (!result.ok) throw new RolledBack(result.error);
        return result;
      });
    } catch (error) {
      if (error instanceof RolledBack) return err(error.refusal as E);
      throw error;
    }
  }

  /** Runs `hook` once the current unit of work is committed; never when it is rolled back. */
  afterCommit(hook: Hook): void {
    this.database.unit().afterCommit.push(hook);
  }

  /**
   * Keeps `item` until the end of the current unit of work and hands all items of one `write` over together, just
   * before the commit: what every unit must lock is then locked last, shortly, and always in the same order.
   */
  beforeCommit<T>(write: Writer<T>, item: T): void {
    const { gathered } = this.database.unit();
    const items = gathered.get(write as Writer<unknown>) ?? [];
    items.push(item);
    gathered.set(write as Writer<unknown>, items);
  }

  private async join<T>(work: () => Promise<T>): Promise<T> {
    const unit = this.database.unit();
    try {
      return await work();
    } catch (error) {
      unit.isDoomed = true;
      throw error;
    }
  }

  private async repeated<T>(work: () => Promise<T>): Promise<Committed<T>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work, this.database.source.manager);
      } catch (error) {
        if (!isRetryable(error)) throw error;
        if (attempt === ATTEMPTS) throw new OperationalError('DATABASE_BUSY', true, { cause: error });
        await sleep(FIRST_WAIT_MS * 2 ** attempt * (0.5 + Math.random()));
      }
    }
  }

  private async once<T>(work: () => Promise<T>, outer: EntityManager): Promise<Committed<T>> {
    const hooks: Hook[] = [];
    const value = await outer.transaction(async (manager) => {
      const unit: CurrentUnit = {
        manager,
        afterCommit: hooks,
        gathered: new Map(),
        isOpen: true,
        isDoomed: false,
      };
      try {
        const result = await this.database.within(unit, async () => {
          const done = await work();
          for (const [write, items] of unit.gathered) await write(items);
          return done;
        });
        if (unit.isDoomed) throw new InvariantError('a failed unit of work was about to be committed');
        return result;
      } finally {
        unit.isOpen = false;
      }
    });
    return { value, hooks };
  }

  /** Hooks run after the unit has left the queue: one that needs the database starts its own unit. */
  private async runHook(hook: Hook): Promise<void> {
    try {
      await this.database.outside(async () => {
        await hook();
      });
    } catch (error) {
      this.onHookFailed(error);
    }
  }
}
