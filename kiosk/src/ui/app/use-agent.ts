// The agent's state as React state, with the moment it arrived on this screen's own clock.
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Link, ScreenBridge } from '../../contract/bridge.js';
import type { ScreenState } from '../../contract/views.js';

/** A link that is down for less than this is not worth a word. */
const LINK_PATIENCE_MS = 1500;
const SECOND_MS = 1000;

export interface Agent {
  readonly state: ScreenState | null;
  readonly receivedMonoMs: number;
  readonly isLinkUp: boolean;
  /** What has been wrong with the link for long enough to say so. */
  readonly lost: Exclude<Link, 'up'> | null;
}

const UNKNOWN: Agent = { state: null, receivedMonoMs: 0, isLinkUp: false, lost: null };

export function useAgent(bridge: ScreenBridge): Agent {
  const [agent, setAgent] = useState<Agent>(UNKNOWN);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stopState = bridge.onState((state) => {
      const receivedMonoMs = performance.now();
      setAgent((before) => ({ ...before, state, receivedMonoMs }));
    });
    const stopLink = bridge.onLink((link) => {
      clearTimeout(timer);
      const isLinkUp = link === 'up';
      setAgent((before) => ({ ...before, isLinkUp, lost: isLinkUp ? null : before.lost }));
      if (isLinkUp) void bridge.call('screen.ready', {});
      else
        timer = setTimeout(() => {
          setAgent((before) => ({ ...before, lost: link }));
        }, LINK_PATIENCE_MS);
    });
    return () => {
      clearTimeout(timer);
      stopState();
      stopLink();
    };
  }, [bridge]);
  return agent;
}

const currentSecond = () => Math.floor(performance.now() / SECOND_MS) * SECOND_MS;

/** Server time now, to the second: what the agent said, advanced by this screen's monotonic clock. */
export function useServerTime({ state, receivedMonoMs }: Agent): number | null {
  const subscribe = useCallback((onTick: () => void) => {
    const timer = setInterval(onTick, SECOND_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const monoMs = useSyncExternalStore(subscribe, currentSecond);
  const nowMs = state?.status.nowMs ?? null;
  return nowMs === null ? null : nowMs + Math.max(0, monoMs - receivedMonoMs);
}
