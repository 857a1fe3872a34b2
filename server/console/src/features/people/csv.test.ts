// What the import dialog says about a CSV.
import { describe, expect, it } from 'vitest';
import { TEMPLATE_CSV, dataRows, problemWord } from './csv.js';

describe('dataRows', () => {
  it('counts rows below the header, whatever the line ends', () => {
    expect(dataRows('')).toBe(0);
    expect(dataRows('code,name')).toBe(0);
    expect(dataRows('code,name\r\nA,B\r\n\r\nC,D')).toBe(2);
    expect(dataRows(TEMPLATE_CSV)).toBe(2);
  });
});

describe('problemWord', () => {
  it('knows the codes of the server', () => {
    expect(problemWord('CODE_TAKEN')).toBe('CODE_TAKEN');
  });

  it('falls back for one it does not know', () => {
    expect(problemWord('SOMETHING_NEW')).toBe('OTHER');
    expect(problemWord('toString')).toBe('OTHER');
  });
});
