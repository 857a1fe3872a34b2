// The one button of the tablet. Primary carries the accent, plain is an outline, quiet has no frame.
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import styles from './button.module.css';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: 'primary' | 'plain' | 'quiet';
  readonly icon?: ReactNode;
}

export function Button({ kind = 'plain', icon, children, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`${styles['button'] ?? ''} ${styles[kind] ?? ''} ${className ?? ''}`}
      {...rest}
    >
      {icon === undefined ? null : <span className={styles['icon']}>{icon}</span>}
      <span>{children}</span>
    </button>
  );
}
