// Asks for the note that stays in the record and, where two employees have one face, who they are.
import type { AttendanceException } from '@hazri/shared/protocol/console-types';
import { Button, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.js';
import { DuplicateChoice, NOTHING_CHOSEN, verdictOf } from './duplicate-choice.js';
import type { Resolution } from './held-resolutions.js';
import styles from './exceptions.module.css';
import { Dialog } from '../../ui/dialog.js';

interface ResolveDialogProps {
  readonly item: AttendanceException | null;
  readonly onClose: () => void;
  readonly onResolve: (item: AttendanceException, resolution: Resolution) => void;
}

export function ResolveDialog({ item, onClose, onResolve }: ResolveDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={item !== null} onClose={onClose} title={t('exceptions.resolveTitle')}>
      {item && <ResolveForm key={item.id} item={item} onClose={onClose} onResolve={onResolve} />}
    </Dialog>
  );
}

function ResolveForm({ item, onClose, onResolve }: ResolveDialogProps & { item: AttendanceException }) {
  const { t } = useTranslation();
  const isOfTwo = item.kind === 'DUPLICATE_FACE' && item.personId !== null && item.otherPersonId !== null;
  const form = useForm({
    initialValues: { note: '', duplicate: NOTHING_CHOSEN },
    validate: {
      note: (value) => (value.trim() === '' ? t('auth.required') : null),
      duplicate: {
        who: (value) => (isOfTwo && value === '' ? t('auth.required') : null),
        closePersonId: (value, { duplicate }) =>
          duplicate.who === 'one-person' && value === '' ? t('exceptions.duplicate.chooseClose') : null,
      },
    },
  });
  return (
    <form
      className={styles.form}
      onSubmit={form.onSubmit(({ note, duplicate }) => {
        const verdict = verdictOf(duplicate);
        onResolve(item, { note: note.trim(), ...(verdict && { duplicate: verdict }) });
      })}
    >
      <Notice
        title={[t(`exceptions.kinds.${item.kind}.name`), item.personName, item.otherPersonName]
          .filter(Boolean)
          .join(' · ')}
      >
        {t(`exceptions.kinds.${item.kind}.means`)} {item.punchId !== null && t('exceptions.punchStays')}
      </Notice>
      {isOfTwo && (
        <DuplicateChoice
          item={item}
          who={form.getInputProps('duplicate.who')}
          close={form.getInputProps('duplicate.closePersonId')}
          asksForRecord={form.values.duplicate.who === 'one-person'}
        />
      )}
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
        <Button variant="default" onClick={onClose}>
          {t('shell.cancel')}
        </Button>
        <Button type="submit">{t('exceptions.resolve')}</Button>
      </div>
    </form>
  );
}
