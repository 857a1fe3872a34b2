// What changed, as it changes: one server-sent event stream per tab. An event only says what to ask again; bursts at
// the start of a shift are gathered, so that a page asks at most twice a second.
//
//   connecting ──open──▶ live ──error──▶ reconnecting ──open──▶ live (everything shown is asked again)
import type { ConsoleRoute } from '@hazri/shared/protocol/console';
import { LIVE_EVENTS_PATH } from '@hazri/shared/protocol/console';
import { liveEvent, type LiveEvent } from '@hazri/shared/protocol/console-types';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { markStale } from './queries.js';

export type LiveState = 'connecting' | 'live' | 'reconnecting';

const GATHER_MS = 500;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
const FRESH_MS = 6_000;

const STALE_AFTER: Readonly<Record<LiveEvent['type'], readonly ConsoleRoute[]>> = {
  punch: ['today', 'punches', 'exceptions'],
  exception: ['exceptions', 'today'],
  device: ['devices', 'pairing'],
  person: ['people', 'person', 'today'],
  'look-alikes': ['lookAlikes', 'lookAlikeCheck', 'exceptions'],
};
const EVERYTHING_LIVE: readonly ConsoleRoute[] = [...new Set(Object.values(STALE_AFTER).flat())];

interface Live {
  readonly state: LiveState;
  /** People who punched within the last seconds: their row is lit for a moment. */
  readonly freshPeople: ReadonlySet<string>;
}
const LiveContext = createContext<Live>({ state: 'connecting', freshPeople: new Set() });

export function useLive(): Live {
  return useContext(LiveContext);
}

export function parseLiveEvent(data: string): LiveEvent | null {
  try {
    const parsed = liveEvent.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

interface StreamHandlers {
  readonly onState: (state: LiveState, again: boolean) => void;
  readonly onEvent: (event: LiveEvent) => void;
  /** The server answered, but with no stream: the session may be over. */
  readonly onRefused: () => void;
}

/** Opens the stream and keeps it open; returns the function that closes it. */
function openStream({ onState, onEvent, onRefused }: StreamHandlers): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = FIRST_RETRY_MS;
  let wasLost = false;
  const receive = (message: MessageEvent<string>) => {
    const event = parseLiveEvent(message.data);
    if (event !== null) onEvent(event);
  };
  const connect = () => {
    source = new EventSource(LIVE_EVENTS_PATH);
    source.onopen = () => {
      retryMs = FIRST_RETRY_MS;
      onState('live', wasLost);
      wasLost = false;
    };
    source.onmessage = receive;
    for (const type of Object.keys(STALE_AFTER)) source.addEventListener(type, receive as EventListener);
    source.onerror = () => {
      wasLost = true;
      onState('reconnecting', false);
      // After an HTTP error the browser gives up for good; after a lost connection it retries by itself.
      if (source?.readyState !== EventSource.CLOSED) return;
      onRefused();
      timer = setTimeout(connect, retryMs);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    };
  };
  connect();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  const [freshPeople, setFreshPeople] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Set<ConsoleRoute>());

  useEffect(() => {
    let flushTimer: ReturnType<typeof setTimeout> | undefined;
    const freshTimers = new Set<ReturnType<typeof setTimeout>>();
    const gather = (routes: readonly ConsoleRoute[]) => {
      for (const route of routes) waiting.current.add(route);
      flushTimer ??= setTimeout(() => {
        flushTimer = undefined;
        const routesNow = [...waiting.current];
        waiting.current.clear();
        void markStale(client, routesNow);
      }, GATHER_MS);
    };
    const light = (personId: string) => {
      setFreshPeople((people) => new Set(people).add(personId));
      const timer = setTimeout(() => {
        freshTimers.delete(timer);
        setFreshPeople((people) => new Set([...people].filter((id) => id !== personId)));
      }, FRESH_MS);
      freshTimers.add(timer);
    };
    const close = openStream({
      onState: (next, again) => {
        setState(next);
        if (again) gather(EVERYTHING_LIVE);
      },
      onEvent: (event) => {
        gather(STALE_AFTER[event.type]);
        if (event.type === 'punch') light(event.punch.personId);
      },
      onRefused: () => void markStale(client, ['currentSession']),
    });
    return () => {
      close();
      clearTimeout(flushTimer);
      freshTimers.forEach(clearTimeout);
    };
  }, [client]);

  const live = useMemo(() => ({ state, freshPeople }), [state, freshPeople]);
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>;
}
