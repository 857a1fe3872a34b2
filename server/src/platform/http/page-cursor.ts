// Where a page of rows ended, as the opaque text that the console sends back. Anything else is refused.
import { UserError } from '@hazri/shared/result';

export interface RowPosition {
  readonly atMs: number;
  readonly id: string;
}

export const PAGE_LIMIT = 50;

export const cursorAfter = ({ atMs, id }: RowPosition): string =>
  Buffer.from(`${String(atMs)}.${id}`).toString('base64url');

/** Throws UserError REQUEST_INVALID. */
export function positionOf(cursor: string | undefined): RowPosition | null {
  if (cursor === undefined) return null;
  const match = /^(\d{1,16})\.([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString());
  const [, atMs, id] = match ?? [];
  if (atMs === undefined || id === undefined)
    throw new UserError('REQUEST_INVALID', 'This page does not exist.');
  return { atMs: Number(atMs), id };
}
