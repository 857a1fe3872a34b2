// A small labelled state: a shape and a word besides the colour, so that it also reads in grey and for colour-blind eyes.
import type { ReactNode } from 'react';
import styles from './chip.module.css';

export type Tone = 'in' | 'out' | 'wait' | 'bad' | 'plain';

export interface ChipProps {
  readonly tone: Tone;
  readonly children: ReactNode;
}

export function Chip({ tone, children }: ChipProps) {
  return (
    <span className={styles.chip} data-tone={tone}>
      <span className={styles.mark} aria-hidden="true" />
      {children}
    </span>
  );
}
