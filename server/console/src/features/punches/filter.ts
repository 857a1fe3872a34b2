// The filter of the punches page, read from the address and written back to it. Anything malformed there is ignored.
import { CONSOLE_API, type QueryOf } from '@hazri/shared/protocol/console';
import { useSearchParams } from 'react-router-dom';

export type PunchFilter = QueryOf<'punchesCsv'>;
export type FilterKey = 'from' | 'to' | 'personId' | 'deviceId' | 'direction';
const KEYS: readonly FilterKey[] = ['from', 'to', 'personId', 'deviceId', 'direction'];

/** Keeps each value that the server would accept. */
export function filterFrom(search: URLSearchParams): PunchFilter {
  const filter: Record<string, string> = {};
  for (const key of KEYS) {
    const value = search.get(key);
    if (value !== null && CONSOLE_API.punchesCsv.query.safeParse({ [key]: value }).success)
      filter[key] = value;
  }
  return filter;
}

export function usePunchFilter() {
  const [search, setSearch] = useSearchParams();
  const filter = filterFrom(search);
  const set = (changes: Partial<Record<FilterKey, string | null>>) => {
    setSearch(
      (old) => {
        const next = new URLSearchParams(old);
        for (const [key, value] of Object.entries(changes)) {
          if (value === null) next.delete(key);
          else next.set(key, value);
        }
        return next;
      },
      { replace: true },
    );
  };
  const clear = () => {
    setSearch({}, { replace: true });
  };
  return { filter, isFiltered: Object.keys(filter).length > 0, set, clear };
}
