// One line of CSV (RFC 4180) that no spreadsheet takes for a formula.

/** A cell that begins like a formula gets an apostrophe before it (OWASP, "CSV Injection"). */
const FORMULA_START = /^[=+\-@\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n\t;]/;

export function csvRow(cells: readonly string[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: string): string {
  const safe = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
