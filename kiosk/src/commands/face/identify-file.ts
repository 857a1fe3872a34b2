// Reads the open-set protocol's two lists: comma-separated with a header that names `path` and `identity`.

import { UserError } from '@hazri/shared/result';

export interface LabelledPath {
  readonly path: string;
  /** Empty for a stranger. */
  readonly identity: string;
}

/** Quotation marks around a field are taken off; a doubled one inside stands for one. Errors: CSV_COLUMNS, CSV_FORMAT. */
export function parseLabelledPaths(text: string, file: string): LabelledPath[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = fieldsOf(lines[0] ?? '', 1, file).map((name) => name.trim().toLowerCase());
  const pathAt = header.indexOf('path');
  const identityAt = header.indexOf('identity');
  if (pathAt < 0 || identityAt < 0) {
    throw new UserError('CSV_COLUMNS', 'The first line must name the columns path and identity.', file);
  }
  return lines.slice(1).flatMap((line, at) => {
    if (line.trim() === '') return [];
    const fields = fieldsOf(line, at + 2, file);
    const path = fields[pathAt]?.trim() ?? '';
    if (fields.length !== header.length || path === '') throw malformed(at + 2, file);
    return [{ path, identity: fields[identityAt]?.trim() ?? '' }];
  });
}

function fieldsOf(line: string, number: number, file: string): string[] {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (;;) {
    const found = field.exec(line);
    if (!found) throw malformed(number, file);
    fields.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === '') return fields;
  }
}

function malformed(line: number, file: string): UserError {
  return new UserError('CSV_FORMAT', `Line ${String(line)} is not "path,identity".`, file);
}
