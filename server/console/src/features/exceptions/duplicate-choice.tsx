// Two employees with one face: two people, or one person with two records, and then which record is closed.
import type { AttendanceException } from '@hazri/shared/protocol/console-types';
import { Radio, type RadioGroupProps, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../lib/session.js';
import type { Resolution } from './held-resolutions.js';

interface Chosen {
  readonly who: string;
  readonly closePersonId: string;
}

export const NOTHING_CHOSEN: Chosen = { who: '', closePersonId: '' };

/** Undefined where nothing was asked. */
export function verdictOf({ who, closePersonId }: Chosen): Resolution['duplicate'] {
  if (who === 'two-people') return { kind: 'two-people' };
  return who === 'one-person' ? { kind: 'one-person', closePersonId } : undefined;
}

type Field = Pick<RadioGroupProps, 'value' | 'onChange' | 'error'>;

interface DuplicateChoiceProps {
  readonly item: AttendanceException;
  readonly who: Field;
  readonly close: Field;
  readonly asksForRecord: boolean;
}

export function DuplicateChoice({ item, who, close, asksForRecord }: DuplicateChoiceProps) {
  const { t } = useTranslation();
  const mayClose = useCan()('people.manage');
  const people = [
    { id: item.personId, name: item.personName },
    { id: item.otherPersonId, name: item.otherPersonName },
  ];
  return (
    <>
      <Radio.Group label={t('exceptions.duplicate.question')} {...who}>
        <Stack gap="xs" mt="xs">
          <Radio
            value="two-people"
            label={t('exceptions.duplicate.two')}
            description={t('exceptions.duplicate.twoMeans')}
          />
          {mayClose && (
            <Radio
              value="one-person"
              label={t('exceptions.duplicate.one')}
              description={t('exceptions.duplicate.oneMeans')}
            />
          )}
        </Stack>
      </Radio.Group>
      {asksForRecord && (
        <Radio.Group label={t('exceptions.duplicate.close')} {...close}>
          <Stack gap="xs" mt="xs">
            {people.map(({ id, name }) => (
              <Radio key={id} value={id ?? ''} label={name ?? t('exceptions.unknownPerson')} />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </>
  );
}
