// Reads a CSV of employees: all of them are added, or none and every problem is reported with its line.
import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import type { ImportReport } from '@hazri/shared/protocol/console-types';
import { personName } from '@hazri/shared/protocol/console-types';
import { employeeCode, localDate, locale } from '@hazri/shared/protocol/primitives';
import { type Result, err, ok } from '@hazri/shared/result';
import type { Clock } from '../../platform/clock/clock.js';
import type { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Refusal } from '../../platform/http/refusal.js';
import type { Actor } from '../../platform/http/principal.js';
import type { SiteView } from '../tenants/public.js';
import type { PersonEditor } from './change-people.js';
import type { NewEmployee } from './people-store.js';

const REQUIRED = ['code', 'name', 'site', 'joined'] as const;
const COLUMNS = new Set<string>([...REQUIRED, 'department', 'locale']);
const MAX_ROWS = 20_000;
const MAX_PROBLEMS = 500;
const MAX_VALUE = 60;
const MAX_DEPARTMENT = 80;
/** A spreadsheet would run a cell that starts like this. */
const FORMULA = /^[=+\-@\t\r]/;
/** The EICAR test file: what every scanner must recognise. */
const EICAR = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE';

type Problem = ImportReport['problems'][number];
interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

export class ImportPeople {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly editor: PersonEditor,
    private readonly clock: Clock,
  ) {}

  async run(
    by: { readonly tenantId: string; readonly actor: Actor },
    csv: string,
  ): Promise<Result<ImportReport, Refusal>> {
    const { tenantId } = by;
    const { people, records, companies } = this.editor;
    const table = readTable(csv);
    if (!table.ok) return table;
    const { rows, problems } = table.value;
    return this.unitOfWork.attempt<ImportReport, Refusal>(async () => {
      const sites = await companies.sites(tenantId);
      const taken = await people.takenCodes(
        tenantId,
        rows.map((row) => row.cells['code'] ?? ''),
      );
      const company = await companies.company(tenantId);
      const employees: NewEmployee[] = [];
      const seen = new Set<string>();
      for (const row of rows) {
        const read = readRow(row, { tenantId, sites, taken, seen, locale: company?.locale ?? 'en' });
        if (read.ok) employees.push(read.value);
        else problems.push(...read.error);
      }
      if (problems.length > 0) {
        return ok({ rows: rows.length, created: 0, problems: problems.slice(0, MAX_PROBLEMS) });
      }
      if (employees.length === 0) return err('IMPORT_REFUSED');
      const added = await people.add(employees, this.clock.nowMs());
      if (added === 'code-taken') return err('PERSON_CODE_TAKEN');
      records.imported(by.actor, tenantId, employees.length);
      return ok({ rows: rows.length, created: employees.length, problems: [] });
    });
  }
}

/** Refuses what is no CSV of ours; a malformed line is a problem of that line. */
function readTable(csv: string): Result<{ rows: CsvRow[]; problems: Problem[] }, Refusal> {
  if (csv.includes('\0') || csv.includes(EICAR) || csv.trim() === '') return err('IMPORT_REFUSED');
  const problems: Problem[] = [];
  const problem = (line: number, column: string, code: string): void => {
    problems.push({ line, column, code, value: '' });
  };
  let records: { info: { lines: number }; record: string[] }[];
  try {
    records = parse(csv, {
      bom: true,
      info: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      max_record_size: 10_000,
      to: MAX_ROWS + 2,
    }) as unknown as typeof records;
  } catch (error) {
    const { code, lines } = error as { code?: string; lines?: number };
    if (lines === undefined || code?.includes('QUOTE') !== true) return err('IMPORT_REFUSED');
    problem(lines, '', 'QUOTE_BROKEN');
    return ok({ rows: [], problems });
  }
  const [header, ...body] = records;
  const names = (header?.record ?? []).map((name) => name.toLowerCase());
  if (body.length > MAX_ROWS || body.length === 0) return err('IMPORT_REFUSED');
  for (const name of REQUIRED) if (!names.includes(name)) problem(1, name, 'COLUMN_MISSING');
  names.forEach((name, at) => {
    if (!COLUMNS.has(name)) problem(1, name.slice(0, MAX_VALUE), 'COLUMN_UNKNOWN');
    else if (names.indexOf(name) !== at) problem(1, name, 'COLUMN_REPEATED');
  });
  if (problems.length > 0) return ok({ rows: [], problems });
  const rows: CsvRow[] = [];
  for (const { info, record } of body) {
    if (record.length !== names.length) problem(info.lines, '', 'CELLS_MISCOUNTED');
    else
      rows.push({
        line: info.lines,
        cells: Object.fromEntries(names.map((name, at) => [name, record[at] ?? ''])),
      });
  }
  return ok({ rows, problems });
}

interface Known {
  readonly tenantId: string;
  readonly sites: readonly SiteView[];
  readonly taken: ReadonlySet<string>;
  readonly seen: Set<string>;
  readonly locale: 'en' | 'hi';
}

function readRow({ line, cells }: CsvRow, known: Known): Result<NewEmployee, Problem[]> {
  const problems: Problem[] = [];
  const cell = (column: string): string => cells[column] ?? '';
  const problem = (column: string, code: string): void => {
    problems.push({ line, column, code, value: cell(column).slice(0, MAX_VALUE) });
  };
  for (const column of Object.keys(cells)) {
    if (FORMULA.test(cell(column))) problem(column, 'FORMULA_REFUSED');
    else if (REQUIRED.some((name) => name === column) && cell(column) === '') problem(column, 'MISSING');
  }
  const wasFilled = (column: string): boolean => !problems.some((each) => each.column === column);
  const code = employeeCode.safeParse(cell('code'));
  const codeKey = cell('code').toLowerCase();
  if (wasFilled('code')) {
    if (!code.success) problem('code', 'CODE_INVALID');
    else if (known.taken.has(codeKey)) problem('code', 'CODE_TAKEN');
    else if (known.seen.has(codeKey)) problem('code', 'CODE_REPEATED');
  }
  known.seen.add(codeKey);
  const name = personName.safeParse(cell('name'));
  if (wasFilled('name') && !name.success) problem('name', 'NAME_INVALID');
  const joined = localDate.safeParse(cell('joined'));
  if (wasFilled('joined') && !joined.success) problem('joined', 'DATE_INVALID');
  const site = known.sites.find((each) => each.name.toLowerCase() === cell('site').toLowerCase());
  if (wasFilled('site') && site === undefined) problem('site', 'SITE_UNKNOWN');
  const language = locale.safeParse(cell('locale') === '' ? known.locale : cell('locale').toLowerCase());
  if (!language.success) problem('locale', 'LOCALE_INVALID');
  if (cell('department').length > MAX_DEPARTMENT) problem('department', 'TOO_LONG');
  if (problems.length > 0 || !code.success || !name.success || !joined.success) return err(problems);
  if (site === undefined || !language.success) return err(problems);
  return ok({
    id: randomUUID(),
    tenantId: known.tenantId,
    code: code.data,
    name: name.data,
    department: cell('department') === '' ? null : cell('department'),
    siteId: site.id,
    locale: language.data,
    joined: joined.data,
  });
}
