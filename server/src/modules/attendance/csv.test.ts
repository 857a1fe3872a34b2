// CSV that a spreadsheet shows and never runs.
import { describe, expect, it } from 'vitest';
import { csvRow } from './csv.js';

describe('csvRow', () => {
  it.each([
    ['=1+1', `'=1+1`],
    ['+91 98', `'+91 98`],
    ['-5', `'-5`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\tx', `"'\tx"`],
  ])('does not let "%s" begin like a formula', (cell, written) => {
    expect(csvRow([cell])).toBe(`${written}\r\n`);
  });

  it('quotes what would break a line, as RFC 4180 says', () => {
    expect(csvRow(['a', 'b,c', 'say "hi"', 'two\nlines', ''])).toBe('a,"b,c","say ""hi""","two\nlines",\r\n');
  });

  it('leaves names in any script alone', () => {
    expect(csvRow(['आशा राव', 'O’Neil'])).toBe('आशा राव,O’Neil\r\n');
  });
});
