// Offboarding: the last day, and what is destroyed with it.
import type { PersonDetail } from '@hazri/shared/protocol/console-types';
import { DateInput } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../lib/queries.js';
import { useSession } from '../../lib/session.js';
import { localDateOf } from '../../lib/time.js';
import { Consequence } from '../../ui/consequence.js';
import { useDateWords } from '../../ui/dates.js';

interface LeaveDialogProps {
  readonly person: PersonDetail;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function LeaveDialog({ person, opened, onClose }: LeaveDialogProps) {
  const { t } = useTranslation();
  const { company } = useSession();
  const dateWords = useDateWords();
  const [lastDay, setLastDay] = useState<string | null>(() => localDateOf(Date.now(), company.zone));
  const leave = useChange('leavePerson', ['person', 'people', 'today']);
  const count = person.templates.length;
  return (
    <Consequence
      opened={opened}
      onClose={onClose}
      title={t('person.leaveTitle', { name: person.name })}
      effects={[
        count === 0 ? t('person.leaveNoTemplates') : t('person.leaveTemplates', { count }),
        t('person.leavePin'),
        t('person.leavePunches'),
        t('person.leaveUndo'),
      ]}
      confirm={t('person.leaveConfirm')}
      busy={leave.isPending}
      error={leave.error}
      disabled={lastDay === null}
      onConfirm={() => {
        if (lastDay === null) return;
        leave.mutate({ params: { id: person.id }, body: { lastDay } }, { onSuccess: onClose });
      }}
    >
      <DateInput
        label={t('person.lastDay')}
        valueFormat="D MMM YYYY"
        minDate={person.joined}
        value={lastDay}
        onChange={setLastDay}
        {...dateWords}
      />
    </Consequence>
  );
}
