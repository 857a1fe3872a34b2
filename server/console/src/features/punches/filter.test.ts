// A filter in the address is used only as far as the server would accept it.
import { describe, expect, it } from 'vitest';
import { filterFrom } from './filter.js';

describe('filterFrom', () => {
  it('reads a filter', () => {
    const filter = { from: '2026-11-01', to: '2026-11-20', direction: 'in' };
    expect(filterFrom(new URLSearchParams(filter))).toEqual(filter);
  });

  it('ignores what is malformed or unknown', () => {
    expect(filterFrom(new URLSearchParams('from=yesterday&personId=42&direction=up&colour=red'))).toEqual({});
  });
});
