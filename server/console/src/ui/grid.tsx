// A dense table: rows by j/k and the arrows, one focusable thing per row (marked with `data-row`), scrolls sideways on a phone.
import { Table, Skeleton } from '@mantine/core';
import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import styles from './grid.module.css';

export interface Column {
  readonly key: string;
  readonly label: ReactNode;
  readonly align?: 'end';
  readonly width?: number;
  /** Left out on a narrow screen. */
  readonly wideOnly?: boolean;
}

interface GridProps {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly children: ReactNode;
  readonly busy?: boolean;
}

const TYPING = new Set(['INPUT', 'TEXTAREA', 'SELECT']);

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (TYPING.has(target.tagName) || target.isContentEditable);
}

/** Moves the focus among `[data-row]` inside the element with j and k. */
function useRowKeys<T extends HTMLElement>() {
  const holder = useRef<T>(null);
  const move = useCallback((by: number) => {
    const rows = [...(holder.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    if (rows.length === 0) return;
    const current = rows.findIndex((row) =>
      row.closest('[data-row-holder]')?.contains(document.activeElement),
    );
    const next = current === -1 ? (by > 0 ? 0 : rows.length - 1) : current + by;
    rows[Math.max(0, Math.min(rows.length - 1, next))]?.focus();
  }, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      if (event.key === 'j') move(1);
      if (event.key === 'k') move(-1);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [move]);
  return holder;
}

export function Grid({ label, columns, children, busy = false }: GridProps) {
  const holder = useRowKeys<HTMLDivElement>();
  return (
    <div
      ref={holder}
      className={styles.scroll}
      tabIndex={0}
      role="region"
      aria-label={label}
      data-busy={busy || undefined}
    >
      <Table
        className={styles.table ?? ''}
        highlightOnHover
        borderColor="var(--line)"
        highlightOnHoverColor="var(--row-hover)"
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => (
              <Table.Th
                key={column.key}
                className={styles.th}
                data-align={column.align}
                data-wide={column.wideOnly === true || undefined}
                style={column.width === undefined ? {} : { '--column-width': `${String(column.width)}px` }}
              >
                {column.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </div>
  );
}

interface RowProps {
  readonly children: ReactNode;
  readonly fresh?: boolean;
  readonly muted?: boolean;
}

export function Row({ children, fresh = false, muted = false }: RowProps) {
  return (
    <Table.Tr
      className={styles.row}
      data-row-holder
      data-fresh={fresh || undefined}
      data-muted={muted || undefined}
    >
      {children}
    </Table.Tr>
  );
}

interface CellProps {
  readonly children?: ReactNode;
  readonly align?: 'end';
  readonly wideOnly?: boolean;
}

export function Cell({ children, align, wideOnly = false }: CellProps) {
  return (
    <Table.Td className={styles.td} data-align={align} data-wide={wideOnly || undefined}>
      {children}
    </Table.Td>
  );
}

/** Rows of grey bars in the shape of the table to come. */
export function GridSkeleton({
  label,
  columns,
  rows = 8,
}: {
  label: string;
  columns: readonly Column[];
  rows?: number;
}) {
  return (
    <div aria-busy="true" data-skeleton>
      <Grid label={label} columns={columns}>
        {Array.from({ length: rows }, (_, row) => (
          <Row key={row}>
            {columns.map((column, index) => (
              <Cell key={column.key} wideOnly={column.wideOnly === true}>
                <Skeleton
                  height={10}
                  width={index === 0 ? `${String(55 + ((row * 17) % 35))}%` : '60%'}
                  radius="sm"
                />
              </Cell>
            ))}
          </Row>
        ))}
      </Grid>
    </div>
  );
}
