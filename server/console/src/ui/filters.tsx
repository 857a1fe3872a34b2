// The row above a list: a search that waits for the typing to end, and whatever else narrows the list.
import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback, useHotkeys } from '@mantine/hooks';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconSearch } from './icons.js';
import styles from './filters.module.css';

export function Filters({ children }: { children: ReactNode }) {
  return <div className={styles.filters}>{children}</div>;
}

interface SearchProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** `/` jumps into it. */
export function Search({ label, value, onChange }: SearchProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const later = useDebouncedCallback(onChange, 250);
  useHotkeys([['/', () => field.current?.focus()]]);
  return (
    <TextInput
      ref={field}
      className={styles.search ?? ''}
      aria-label={label}
      aria-keyshortcuts="/"
      placeholder={`${label}  ( / )`}
      maxLength={100}
      leftSection={<IconSearch size={15} aria-hidden="true" />}
      rightSection={
        typed === '' ? null : (
          <CloseButton
            size="sm"
            aria-label={t('shell.clear')}
            onClick={() => {
              setTyped('');
              onChange('');
            }}
          />
        )
      }
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
    />
  );
}
