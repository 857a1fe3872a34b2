// Reads what can still be read of a journal file that was set aside. Row by row, so that one bad page costs what stands
// on it and nothing else; what is read is believed only as far as its chain and signatures go.
import Database from 'better-sqlite3';
import type { EventRow, JournalTables } from './tables.js';

interface Salvaged {
  readonly acked: ReadonlyMap<number, number>;
  readonly events: readonly EventRow[];
}

const NEXT = `
  SELECT epoch, seq, bytes, hash, head_signature AS headSignature, box, appended_at_ms AS appendedAtMs
  FROM events WHERE (epoch, seq) > (?, ?) ORDER BY epoch, seq LIMIT 1`;

/** Copies every readable event that was not acknowledged into `into`, and says how many those were. */
export function salvage(path: string, driver: string | null, into: JournalTables): number {
  const { acked, events } = readWhatIsThere(path, driver);
  if (events.length === 0) return 0;
  const written = into.write(() => {
    for (const { epoch } of events) into.addEpoch(epoch);
    for (const [epoch, seq] of acked) into.setAcked(epoch, seq);
    for (const event of events) into.addEvent(event);
  }, 'make-room');
  return written.ok ? events.length : 0;
}

function readWhatIsThere(path: string, driver: string | null): Salvaged {
  const acked = new Map<number, number>();
  const events: EventRow[] = [];
  let database: Database.Database | null = null;
  try {
    database = new Database(path, {
      readonly: true,
      fileMustExist: true,
      ...(driver !== null && { nativeBinding: driver }),
    });
    readAcked(database, acked);
    const next = database.prepare<unknown[], EventRow>(NEXT);
    let at: Pick<EventRow, 'epoch' | 'seq'> = { epoch: 0, seq: 0 };
    for (;;) {
      const row = next.get(at.epoch, at.seq);
      if (row === undefined) break;
      at = row;
      if (row.seq > (acked.get(row.epoch) ?? 0)) events.push(row);
    }
  } catch {
    // The rest cannot be read. The file stays where it was set aside.
  } finally {
    database?.close();
  }
  return { acked, events };
}

/** Without it everything is sent again, which the server answers as before. */
function readAcked(database: Database.Database, acked: Map<number, number>): void {
  try {
    const rows = database.prepare<unknown[], { epoch: number; seq: number }>(
      'SELECT epoch, acked_seq AS seq FROM epochs',
    );
    for (const { epoch, seq } of rows.all()) acked.set(epoch, seq);
  } catch {
    acked.clear();
  }
}
