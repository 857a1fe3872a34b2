// The ring around the oval. Its shape says the state as well as its colour: a thin breathing line (waiting),
// dashes (do this), an arc that fills (looking), a closed ring with a travelling gap (checking), segments (taking
// several looks), an arc that drains (a result that stands for a while).
import { useState } from 'react';
import styles from './ring.module.css';

export type RingMode =
  | { readonly kind: 'idle' }
  | { readonly kind: 'guide' }
  | { readonly kind: 'filling'; readonly progress: number }
  | { readonly kind: 'checking' }
  | { readonly kind: 'segments'; readonly filled: number; readonly count: number }
  | { readonly kind: 'draining'; readonly durationMs: number; readonly of: string };

/** Half an oval of 400 × 500 each way, starting at the top, clockwise. */
const OVAL = 'M200 9 A191 241 0 0 1 200 491 A191 241 0 0 1 200 9';
const WHOLE = 1000;

function Segments({ filled, count }: { readonly filled: number; readonly count: number }) {
  const each = WHOLE / Math.max(1, count);
  const gap = Math.min(24, each / 4);
  return Array.from({ length: count }, (_, index) => (
    <path
      key={index}
      d={OVAL}
      pathLength={WHOLE}
      className={index < filled ? styles['arc'] : styles['track']}
      strokeDasharray={`${String(each - gap)} ${String(WHOLE)}`}
      strokeDashoffset={-(index * each + gap / 2)}
    />
  ));
}

/** Keeps the time it began with: the agent sends what is left with every state, the arc drains only once. */
function Draining({ durationMs }: { readonly durationMs: number }) {
  const [animationDuration] = useState(`${String(durationMs)}ms`);
  return (
    <path d={OVAL} pathLength={WHOLE} className={styles['draining-arc']} style={{ animationDuration }} />
  );
}

export function Ring({ mode }: { readonly mode: RingMode }) {
  return (
    <svg
      className={`${styles['ring'] ?? ''} ${styles[mode.kind] ?? ''}`}
      viewBox="0 0 400 500"
      aria-hidden="true"
    >
      {mode.kind === 'segments' ? (
        <Segments filled={mode.filled} count={mode.count} />
      ) : (
        <path d={OVAL} pathLength={WHOLE} className={styles['track']} />
      )}
      {mode.kind === 'guide' ? <path d={OVAL} pathLength={WHOLE} className={styles['dashes']} /> : null}
      {mode.kind === 'filling' ? (
        <path
          d={OVAL}
          pathLength={WHOLE}
          className={styles['arc']}
          strokeDasharray={`${String(Math.max(0.02, Math.min(1, mode.progress)) * WHOLE)} ${String(WHOLE * 2)}`}
        />
      ) : null}
      {mode.kind === 'checking' ? (
        <path d={OVAL} pathLength={WHOLE} className={styles['travelling']} />
      ) : null}
      {mode.kind === 'draining' ? <Draining key={mode.of} durationMs={mode.durationMs} /> : null}
    </svg>
  );
}
