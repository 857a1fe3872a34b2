// A text to be read in full: large, scrollable by finger and by keyboard.
import type { ReactNode } from 'react';
import styles from './prose.module.css';

export function Prose({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={styles['prose']} role="region" aria-label={label} tabIndex={0}>
      <div className={styles['text']}>{children}</div>
    </div>
  );
}
