// How long a tablet waits before it tries again. Spread by jitter, so that tablets that lost the same server do not
// come back in the same second. Pure: the random number comes in.

export interface BackoffPolicy {
  readonly firstMs: number;
  readonly longestMs: number;
}

export const DEFAULT_BACKOFF: BackoffPolicy = { firstMs: 1_000, longestMs: 30_000 };

/**
 * @param attempt failures in a row, from 1
 * @param jitter 0 to 1, evenly distributed
 * @param retryAfterMs what the server asked for; never undercut
 */
export function backoffMs(
  attempt: number,
  jitter: number,
  retryAfterMs: number | null = null,
  policy: BackoffPolicy = DEFAULT_BACKOFF,
): number {
  const exponent = Math.min(Math.max(attempt, 1) - 1, 30);
  const ceiling = Math.min(policy.longestMs, policy.firstMs * 2 ** exponent);
  const own = ceiling * (0.5 + 0.5 * jitter);
  return Math.round(
    retryAfterMs === null ? own : retryAfterMs + Math.min(own, retryAfterMs + policy.firstMs),
  );
}
