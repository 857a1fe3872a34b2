// A resolution waits some seconds before it is sent, so that it can be taken back; the server itself never unresolves.
// Leaving the page or the tab sends what is waiting: a decision is never lost.
import type { BodyOf } from '@hazri/shared/protocol/console';
import type { AttendanceException } from '@hazri/shared/protocol/console-types';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api.js';
import { useErrorWords } from '../../lib/error-words.js';
import { markStale } from '../../lib/queries.js';
import styles from './exceptions.module.css';

const HELD_MS = 8_000;

export type Resolution = BodyOf<'resolveException'>;

interface Held {
  readonly resolution: Resolution;
  readonly timer: ReturnType<typeof setTimeout>;
}

export interface HeldResolutions {
  /** Exceptions that are hidden because their resolution is waiting or on its way. */
  readonly ids: ReadonlySet<string>;
  readonly hold: (item: AttendanceException, resolution: Resolution) => void;
}

export function useHeldResolutions(): HeldResolutions {
  const { t } = useTranslation();
  const client = useQueryClient();
  const words = useErrorWords();
  const held = useRef(new Map<string, Held>());
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());

  const show = (id: string) => {
    setIds((old) => new Set([...old].filter((other) => other !== id)));
  };
  const send = async (id: string, keepalive: boolean) => {
    const entry = held.current.get(id);
    if (entry === undefined) return;
    clearTimeout(entry.timer);
    held.current.delete(id);
    notifications.hide(id);
    try {
      await call('resolveException', { params: { id }, body: entry.resolution, keepalive });
    } catch (error) {
      notifications.show({ message: words(error), color: 'red' });
    }
    await markStale(client, ['exceptions', 'today', 'lookAlikes']);
    show(id);
  };
  const latestSend = useRef(send);
  useEffect(() => {
    latestSend.current = send;
  });

  useEffect(() => {
    const waiting = held.current;
    const sendAll = () => {
      for (const id of waiting.keys()) void latestSend.current(id, true);
    };
    window.addEventListener('pagehide', sendAll);
    return () => {
      window.removeEventListener('pagehide', sendAll);
      sendAll();
    };
  }, []);

  const undo = (id: string) => {
    clearTimeout(held.current.get(id)?.timer);
    held.current.delete(id);
    notifications.hide(id);
    show(id);
  };
  const hold = (item: AttendanceException, resolution: Resolution) => {
    const timer = setTimeout(() => void latestSend.current(item.id, false), HELD_MS);
    held.current.set(item.id, { resolution, timer });
    setIds((old) => new Set(old).add(item.id));
    notifications.show({
      id: item.id,
      autoClose: HELD_MS,
      withCloseButton: false,
      title: t('exceptions.resolving', { what: t(`exceptions.kinds.${item.kind}.name`) }),
      message: (
        <div className={styles.held}>
          {t('exceptions.resolvingText', { seconds: HELD_MS / 1000 })}
          <Button
            variant="default"
            onClick={() => {
              undo(item.id);
            }}
          >
            {t('exceptions.undo')}
          </Button>
        </div>
      ),
    });
  };
  return { ids, hold };
}
