// A sheet over the screen, as a native modal dialog: the focus stays inside and Escape closes it.
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from './button.js';
import styles from './sheet.module.css';

interface SheetProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export function Sheet({ title, closeLabel, onClose, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector('input')?.focus();
    return () => {
      element?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles['sheet']}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles['head']}>
        <h1 className={styles['title']}>{title}</h1>
        <Button onClick={onClose}>{closeLabel}</Button>
      </header>
      {children}
    </dialog>
  );
}
