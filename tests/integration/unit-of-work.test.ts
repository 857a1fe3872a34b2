// Acknowledged rows are kept and rolled-back rows are gone, however many requests write at once (typeorm#10372).
import { setImmediate as turn } from 'node:timers/promises';
import { EntitySchema, type EntitySchemaOptions } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { id, nullable, primaryId, shortText } from '../../server/src/platform/database/columns.js';
import { type DatabaseContents, openDatabase } from '../../server/src/platform/database/open-database.js';
import { DIALECTS, type OpenedPlace, openPlace } from '../support/dialects.js';

interface NoteRow {
  id: string;
  owner: string;
  text: string | null;
}
const columns = { id: primaryId, owner: id, text: nullable(shortText(100)) };
const options: Pick<EntitySchemaOptions<NoteRow>, 'name' | 'tableName' | 'columns'> = {
  name: 'Note',
  tableName: 'note',
  columns,
};
const noteSchema = new EntitySchema<NoteRow>(options);
const contents: DatabaseContents = {
  schemas: [noteSchema as EntitySchema],
  migrations: [{ number: 1, title: 'notes', up: (steps) => steps.createTable({ name: 'note', columns }) }],
};

const WRITERS = 64;
const JOBS: Record<string, number> = { sqlite: 2048, postgres: 1024, mysql: 1024 };

/** A fixed sequence: the same jobs roll back on every run. */
const rollsBack = (job: number): boolean => (job * 2_654_435_761) % 4 === 0;

class PlannedRollback extends Error {}

describe.each(DIALECTS)('unit of work on %s', (dialect) => {
  let place: OpenedPlace;
  beforeAll(async () => {
    place = await openPlace(dialect, contents);
  });
  afterAll(() => place.remove());

  const notes = () => place.database.manager().getRepository(noteSchema);
  const count = (owner: string): Promise<number> => place.unitOfWork.run(() => notes().countBy({ owner }));

  it('keeps every acknowledged row and none of a rolled-back one with 64 writers at once', async () => {
    const acknowledged = new Set<string>();
    const jobs = JOBS[dialect] ?? 0;
    let next = 0;
    const writer = async (): Promise<void> => {
      for (let job = next++; job < jobs; job = next++) {
        const note = { id: `job-${String(job)}`, owner: 'writers', text: 'नमस्ते' };
        try {
          await place.unitOfWork.run(async () => {
            await notes().insert(note);
            if (job % 7 === 0) await turn();
            if (rollsBack(job)) throw new PlannedRollback();
          });
          acknowledged.add(note.id);
        } catch (error) {
          if (!(error instanceof PlannedRollback)) throw error;
        }
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, writer));
    const rows = await place.unitOfWork.run(() => notes().findBy({ owner: 'writers' }));
    expect(new Set(rows.map((row) => row.id))).toEqual(acknowledged);
    const planned = Array.from({ length: jobs }, (_, job) => job).filter(rollsBack).length;
    expect(acknowledged.size).toBe(jobs - planned);
    expect(planned / jobs).toBeCloseTo(0.25, 1);
  }, 120_000);

  it('refuses access outside a unit of work and after its end', async () => {
    expect(() => place.database.manager()).toThrow('outside a unit of work');
    let late: (() => unknown) | undefined;
    await place.unitOfWork.run(() => {
      late = () => place.database.manager();
      return Promise.resolve();
    });
    expect(late).toThrow();
  });

  it('joins a run inside a run, and a failed inner run dooms the whole', async () => {
    await place.unitOfWork.run(async () => {
      await notes().insert({ id: 'outer-1', owner: 'joined', text: null });
      await place.unitOfWork.run(() => notes().insert({ id: 'inner-1', owner: 'joined', text: null }));
    });
    expect(await count('joined')).toBe(2);
    const swallowed = place.unitOfWork.run(async () => {
      await notes().insert({ id: 'outer-2', owner: 'joined', text: null });
      await place.unitOfWork.run(() => Promise.reject(new PlannedRollback())).catch(() => undefined);
    });
    await expect(swallowed).rejects.toThrow('about to be committed');
    expect(await count('joined')).toBe(2);
  });

  it('runs after-commit hooks after the commit only', async () => {
    const seen: string[] = [];
    await place.unitOfWork.run(async () => {
      place.unitOfWork.afterCommit(async () => {
        seen.push(`rows ${String(await count('hooks'))}`);
      });
      await notes().insert({ id: 'hook-1', owner: 'hooks', text: null });
      seen.push('work');
    });
    expect(seen).toEqual(['work', 'rows 1']);
    const failed = place.unitOfWork.run(() => {
      place.unitOfWork.afterCommit(() => void seen.push('never'));
      return Promise.reject(new PlannedRollback());
    });
    await expect(failed).rejects.toBeInstanceOf(PlannedRollback);
    expect(seen).not.toContain('never');
  });

  it('hands over what was gathered once, in order, as the last act before the commit', async () => {
    const written: string[][] = [];
    const write = async (ids: readonly string[]): Promise<void> => {
      written.push([...ids]);
      await notes().insert(ids.map((id) => ({ id, owner: 'gathered', text: null })));
    };
    await place.unitOfWork.run(async () => {
      place.unitOfWork.beforeCommit(write, 'g-1');
      await place.unitOfWork.run(() => {
        place.unitOfWork.beforeCommit(write, 'g-2');
        return Promise.resolve();
      });
      expect(written).toEqual([]);
    });
    expect(written).toEqual([['g-1', 'g-2']]);
    expect(await count('gathered')).toBe(2);
    const failed = place.unitOfWork.run(() => {
      place.unitOfWork.beforeCommit(write, 'g-3');
      return Promise.reject(new PlannedRollback());
    });
    await expect(failed).rejects.toBeInstanceOf(PlannedRollback);
    expect(await count('gathered')).toBe(2);
  });

  it('keeps what waited together apart: one that fails takes nothing with it, and a failed commit fails them all', async () => {
    const add = (id: string) => notes().insert({ id, owner: 'together', text: null });
    const together = await Promise.allSettled(
      Array.from({ length: 12 }, (_, at) =>
        place.unitOfWork.run(async () => {
          await add(`t-${String(at)}`);
          if (at % 3 === 1) throw new PlannedRollback();
          return at;
        }),
      ),
    );
    expect(together.map(({ status }) => status)).toEqual(
      Array.from({ length: 12 }, (_, at) => (at % 3 === 1 ? 'rejected' : 'fulfilled')),
    );
    expect(await count('together')).toBe(8);
    if (dialect !== 'sqlite') return;
    // The transaction of the group goes away under the second unit, as on a full disk.
    const lost = await Promise.allSettled([
      place.unitOfWork.run(() => add('l-0')),
      place.unitOfWork.run(async () => {
        await add('l-1');
        await place.database.manager().query('ROLLBACK');
        throw new PlannedRollback();
      }),
      place.unitOfWork.run(() => add('l-2')),
    ]);
    // The two that shared a commit are lost together; the third one comes after them.
    expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(await count('together')).toBe(9);
  });

  it('loses no update when two units change the same locked row', async () => {
    await place.unitOfWork.run(() => notes().insert({ id: 'counter', owner: 'counter', text: '0' }));
    const bump = () =>
      place.unitOfWork.run(async () => {
        const row = await place.database.lockRow(noteSchema, { id: 'counter' });
        await turn();
        await notes().update({ id: 'counter' }, { text: String(Number(row?.text) + 1) });
      });
    await Promise.all(Array.from({ length: 20 }, bump));
    const row = await place.unitOfWork.run(() => notes().findOneBy({ id: 'counter' }));
    expect(row?.text).toBe('20');
  });
});

describe('a reopened SQLite database', () => {
  it('keeps WAL, full synchronisation and foreign keys', async () => {
    const place = await openPlace('sqlite', contents);
    await place.database.source.destroy();
    const again = await openDatabase(place.location, contents);
    const read = (name: string) => again.source.query<unknown>(`PRAGMA ${name}`);
    expect(await read('synchronous')).toEqual([{ synchronous: 2 }]);
    expect(await read('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(await read('foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    await again.source.destroy();
    await place.removeFiles();
  });
});
