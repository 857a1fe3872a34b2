// The column types that SQLite, PostgreSQL and MySQL share, used by entity schemas and by migrations alike.
// Ids are text and instants are whole milliseconds, so that a row reads the same on every database.
import type { EntitySchemaColumnOptions, ValueTransformer } from 'typeorm';

export type Column = Pick<
  EntitySchemaColumnOptions,
  'type' | 'length' | 'nullable' | 'primary' | 'transformer'
>;

/** PostgreSQL and MySQL hand 64-bit integers over as text. */
const wholeNumber: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

export const id = { type: 'varchar', length: 36 } as const satisfies Column;
export const primaryId = { ...id, primary: true } as const satisfies Column;
/** Short text; `length` counts characters. */
export const shortText = (length: number) => ({ type: 'varchar', length }) as const satisfies Column;
/** At most 60,000 bytes of UTF-8 (MySQL's limit). */
export const longText = { type: 'text' } as const satisfies Column;
/** Any JSON value; stored as text. */
export const json = { type: 'simple-json' } as const satisfies Column;
/** UTC epoch milliseconds, or any other whole number up to 2^53. */
export const instantMs = { type: 'bigint', transformer: wholeNumber } as const satisfies Column;
export const integer = { type: 'int' } as const satisfies Column;
export const flag = { type: 'boolean' } as const satisfies Column;
/** At most 60,000 bytes; read back as a Buffer. */
export const bytes = { type: 'blob' } as const satisfies Column;

export const nullable = <C extends Column>(column: C) => ({ ...column, nullable: true }) as const;
export const primary = <C extends Column>(column: C) => ({ ...column, primary: true }) as const;
