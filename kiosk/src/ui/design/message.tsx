// The one line of a screen, with at most one figure and a few words below. Everything a person must read is here.
import type { ReactNode } from 'react';
import styles from './message.module.css';

interface MessageProps {
  readonly line: string;
  readonly detail?: string | undefined;
  readonly figure?: ReactNode;
  readonly children?: ReactNode;
}

export function Message({ line, detail, figure, children }: MessageProps) {
  return (
    <div className={styles['message']}>
      {figure === undefined ? null : <div className={styles['figure']}>{figure}</div>}
      <h1 className={styles['line']}>{line}</h1>
      {detail === undefined ? null : <p className={styles['detail']}>{detail}</p>}
      {children}
    </div>
  );
}

export function Actions({ children }: { readonly children: ReactNode }) {
  return <div className={styles['actions']}>{children}</div>;
}
