// Asking the server from components: one hook per kind of question. Keys begin with the route's name, so that a live
// event can make exactly those answers stale.
import type { ConsoleRoute, OutputOf, QueryOf } from '@hazri/shared/protocol/console';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { call, type CallInput } from './api.js';

interface AskOptions {
  readonly enabled?: boolean;
  readonly refetchInterval?: number | false;
}

/** One answer. The previous one stays on screen while a changed filter is asked for. */
export function useAnswer<R extends ConsoleRoute>(
  route: R,
  input: CallInput<R>,
  options: AskOptions = {},
): UseQueryResult<OutputOf<R>> {
  return useQuery({
    queryKey: [route, input.params ?? null, input.query ?? null],
    queryFn: () => call(route, input),
    placeholderData: keepPreviousData,
    ...options,
  });
}

type PagedRoute = {
  [R in ConsoleRoute]: OutputOf<R> extends { items: unknown[]; nextCursor: string | null; total: number }
    ? R
    : never;
}[ConsoleRoute];
type ItemOf<R extends PagedRoute> = OutputOf<R>['items'][number];

/** A list that grows by cursor; `items` is everything loaded so far, `total` what the server counts. */
export function usePages<R extends PagedRoute>(route: R, query: Omit<QueryOf<R>, 'cursor'>, enabled = true) {
  const result = useInfiniteQuery({
    queryKey: [route, null, query],
    queryFn: ({ pageParam }) =>
      call(route, { query: { ...query, cursor: pageParam } } as unknown as CallInput<R>) as Promise<
        PageOf<R>
      >,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
  });
  return {
    ...result,
    items: result.data?.pages.flatMap((page) => page.items) ?? [],
    total: result.data?.pages[0]?.total ?? 0,
  };
}

interface PageOf<R extends PagedRoute> {
  readonly items: ItemOf<R>[];
  readonly nextCursor: string | null;
  readonly total: number;
}

/** A request that changes something; afterwards the named routes are asked again. */
export function useChange<R extends ConsoleRoute>(route: R, stale: readonly ConsoleRoute[] = []) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: CallInput<R>) => call(route, input),
    onSuccess: () => markStale(client, stale),
  });
}

export async function markStale(client: QueryClient, routes: Iterable<ConsoleRoute>): Promise<void> {
  await Promise.all([...routes].map((route) => client.invalidateQueries({ queryKey: [route] })));
}
