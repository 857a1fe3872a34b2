// One numbered step: done, current with its form, or still to come.
import type { ReactNode } from 'react';
import { IconCheck } from '../../ui/icons.js';
import styles from './root-key.module.css';

interface StepProps {
  readonly number: number;
  readonly current: number;
  readonly title: string;
  readonly text: string;
  readonly children: ReactNode;
}

export function Step({ number, current, title, text, children }: StepProps) {
  const state = number < current ? 'done' : number === current ? 'current' : 'later';
  return (
    <li className={styles.step} data-state={state} aria-current={state === 'current' ? 'step' : undefined}>
      <span className={styles.number} aria-hidden="true">
        {state === 'done' ? <IconCheck size={14} /> : number}
      </span>
      <div className={styles.stepBody}>
        <h2 className={styles.stepTitle}>{title}</h2>
        {state !== 'done' && <p className={styles.stepText}>{text}</p>}
        {state === 'current' && children}
      </div>
    </li>
  );
}
