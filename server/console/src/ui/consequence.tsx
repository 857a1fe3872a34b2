// Asks before something that cannot be taken back, and says in numbers what it will do.
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Refusal } from './notice.js';
import styles from './consequence.module.css';
import { Dialog } from './dialog.js';

interface ConsequenceProps {
  readonly opened: boolean;
  readonly title: string;
  readonly effects: readonly string[];
  readonly confirm: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
  readonly disabled?: boolean;
}

export function Consequence(props: ConsequenceProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title}>
      <div className={styles.body}>
        {props.children}
        <ul className={styles.effects}>
          {props.effects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
        <Refusal error={props.error} />
        <div className={styles.actions}>
          <Button variant="default" onClick={props.onClose} data-autofocus>
            {t('shell.cancel')}
          </Button>
          <Button
            color="red"
            onClick={props.onConfirm}
            loading={props.busy}
            disabled={props.disabled === true}
          >
            {props.confirm}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
