// Numbered, forward-only migrations, written once for all three databases with the portable column types.
import { type MigrationInterface, type QueryRunner, Table, TableColumn } from 'typeorm';
import { InvariantError } from '@hazri/shared/result';
import type { Column } from './columns.js';
import { type Dialect, nativeType } from './dialect.js';
import { snakeCase } from './snake-case-names.js';

export interface TableDefinition {
  readonly name: string;
  /** Property name to column; the database sees snake_case. */
  readonly columns: Readonly<Record<string, Column>>;
  readonly unique?: readonly (readonly string[])[];
  readonly indexes?: readonly (readonly string[])[];
  readonly foreignKeys?: readonly {
    readonly columns: readonly string[];
    readonly table: string;
    readonly references: readonly string[];
  }[];
}

export interface NumberedMigration {
  readonly number: number;
  readonly title: string;
  up(steps: MigrationSteps): Promise<void>;
}

/** What a migration may do. */
export class MigrationSteps {
  constructor(
    private readonly runner: QueryRunner,
    readonly dialect: Dialect,
  ) {}

  async createTable(definition: TableDefinition): Promise<void> {
    const names = (properties: readonly string[]): string[] => properties.map(snakeCase);
    const { name } = definition;
    await this.runner.createTable(
      new Table({
        name,
        columns: Object.entries(definition.columns).map(([property, column]) =>
          this.nativeColumn(property, column),
        ),
        uniques: (definition.unique ?? []).map((properties, at) => ({
          name: `${name}_unique_${String(at + 1)}`,
          columnNames: names(properties),
        })),
        indices: (definition.indexes ?? []).map((properties, at) => ({
          name: `${name}_index_${String(at + 1)}`,
          columnNames: names(properties),
        })),
        foreignKeys: (definition.foreignKeys ?? []).map((key, at) => ({
          name: `${name}_reference_${String(at + 1)}`,
          columnNames: names(key.columns),
          referencedTableName: key.table,
          referencedColumnNames: names(key.references),
        })),
      }),
    );
  }

  /** Adds a nullable column, or one that the table is still empty for. */
  async addColumn(table: string, property: string, column: Column): Promise<void> {
    await this.runner.addColumn(table, new TableColumn(this.nativeColumn(property, column)));
  }

  /** Plain SQL that all three databases understand. */
  async sql(statement: string): Promise<void> {
    await this.runner.query(statement);
  }

  private nativeColumn(property: string, column: Column) {
    if (typeof column.type !== 'string') throw new InvariantError('a portable column names its type');
    const isText = ['varchar', 'text', 'simple-json'].includes(column.type);
    return {
      name: snakeCase(property),
      type: nativeType(this.dialect, column.type),
      isNullable: column.nullable === true,
      isPrimary: column.primary === true,
      ...(column.length === undefined ? {} : { length: String(column.length) }),
      // Keys and codes differ by case, which MySQL's default collation would ignore.
      ...(this.dialect === 'mysql' && isText ? { charset: 'utf8mb4', collation: 'utf8mb4_bin' } : {}),
    };
  }
}

/** What the ORM wants to see: a class whose name ends in 13 digits by which it sorts. */
export function toOrmMigration(migration: NumberedMigration, dialect: Dialect): new () => MigrationInterface {
  const name = `Hazri${String(migration.number).padStart(13, '0')}`;
  return class {
    readonly name = name;
    async up(runner: QueryRunner): Promise<void> {
      await migration.up(new MigrationSteps(runner, dialect));
    }
    down(): Promise<void> {
      return Promise.reject(new InvariantError('migrations only go forward'));
    }
  };
}
