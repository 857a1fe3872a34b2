// The frame of every page: one title, one line of context, at most one primary action (shortcut N).
import { Button, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { IconBack } from './icons.js';
import styles from './page.module.css';

interface PageProps {
  readonly title: string;
  readonly meta?: ReactNode;
  readonly actions?: ReactNode;
  readonly back?: { readonly to: string; readonly label: string };
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, meta, actions, back, narrow = false, children }: PageProps) {
  return (
    <div className={styles.page} data-narrow={narrow || undefined}>
      <title>{`${title} · Hazri`}</title>
      {back && (
        <Link className={styles.back} to={back.to}>
          <IconBack size={14} aria-hidden="true" />
          {back.label}
        </Link>
      )}
      <header className={styles.header}>
        <div className={styles.heading}>
          <h1 className={styles.title}>{title}</h1>
          {meta !== undefined && <div className={styles.meta}>{meta}</div>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface PrimaryActionProps {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly onClick: () => void;
  readonly disabled?: boolean;
}

/** The page's one filled button; N presses it from anywhere outside a field. */
export function PrimaryAction({ label, icon, onClick, disabled = false }: PrimaryActionProps) {
  useHotkeys([
    [
      'n',
      () => {
        if (!disabled) onClick();
      },
    ],
  ]);
  return (
    <Tooltip
      label={
        <>
          {label} <kbd className={styles.key}>N</kbd>
        </>
      }
    >
      <Button leftSection={icon} onClick={onClick} disabled={disabled} aria-keyshortcuts="n">
        {label}
      </Button>
    </Tooltip>
  );
}

interface SectionProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly flush?: boolean;
}

/** A bordered panel with a quiet heading. */
export function Section({ title, aside, children, flush = false }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.sectionHead}>
        <h2 className={styles.sectionTitle}>{title}</h2>
        {aside}
      </div>
      <div className={flush ? undefined : styles.sectionBody}>{children}</div>
    </section>
  );
}
