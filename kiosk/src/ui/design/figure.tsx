// Frame of every drawn figure: a 120-unit square, round strokes in the current colour, never announced.
import type { ReactNode } from 'react';
import styles from './figure.module.css';

export const motion = styles;

export function Figure({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 120 120"
      className={styles['figure']}
      fill="none"
      stroke="currentColor"
      strokeWidth="6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

/** A calm face around (60, 60). */
export function Head({ filled = false }: { readonly filled?: boolean }) {
  return (
    <>
      <ellipse cx="60" cy="60" rx="25" ry="32" fill={filled ? 'currentColor' : 'none'} fillOpacity="0.14" />
      <path d="M51 55v3M69 55v3" strokeWidth="7" />
      <path d="M51 73q9 7 18 0" strokeWidth="5" />
    </>
  );
}
