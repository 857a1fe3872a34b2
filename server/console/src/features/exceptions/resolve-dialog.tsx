// Asks for the note that stays in the record.
import type { AttendanceException } from '@hazri/shared/protocol/console-types';
import { Button, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.js';
import styles from './exceptions.module.css';
import { Dialog } from '../../ui/dialog.js';

interface ResolveDialogProps {
  readonly item: AttendanceException | null;
  readonly onClose: () => void;
  readonly onResolve: (item: AttendanceException, note: string) => void;
}

export function ResolveDialog({ item, onClose, onResolve }: ResolveDialogProps) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { note: '' },
    validate: { note: (value) => (value.trim() === '' ? t('auth.required') : null) },
  });
  const close = () => {
    form.reset();
    onClose();
  };
  return (
    <Dialog opened={item !== null} onClose={close} title={t('exceptions.resolveTitle')}>
      {item && (
        <form
          className={styles.form}
          onSubmit={form.onSubmit(({ note }) => {
            onResolve(item, note.trim());
            form.reset();
          })}
        >
          <Notice
            title={[t(`exceptions.kinds.${item.kind}.name`), item.personName].filter(Boolean).join(' · ')}
          >
            {t(`exceptions.kinds.${item.kind}.means`)} {item.punchId !== null && t('exceptions.punchStays')}
          </Notice>
          <Textarea
            label={t('exceptions.note')}
            description={t('exceptions.noteHint')}
            autosize
            minRows={3}
            maxLength={500}
            data-autofocus
            {...form.getInputProps('note')}
          />
          <div className={styles.actions}>
            <Button variant="default" onClick={close}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit">{t('exceptions.resolve')}</Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
