// Dates, person, tablet and direction above the punches.
import { Button, Select } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../lib/queries.js';
import { useCan } from '../../lib/session.js';
import { useDateWords } from '../../ui/dates.js';
import { Filters } from '../../ui/filters.js';
import type { FilterKey, PunchFilter } from './filter.js';

interface FilterBarProps {
  readonly filter: PunchFilter;
  readonly set: (changes: Partial<Record<FilterKey, string | null>>) => void;
  readonly onClear?: () => void;
}

export function FilterBar({ filter, set, onClear }: FilterBarProps) {
  const { t } = useTranslation();
  return (
    <Filters>
      <Dates filter={filter} set={set} />
      <PersonPicker
        personId={filter.personId ?? null}
        onChange={(personId) => {
          set({ personId });
        }}
      />
      <DevicePicker
        deviceId={filter.deviceId ?? null}
        onChange={(deviceId) => {
          set({ deviceId });
        }}
      />
      <Select
        w={130}
        aria-label={t('punches.direction')}
        placeholder={t('punches.anyDirection')}
        clearable
        data={[
          { value: 'in', label: t('punches.in') },
          { value: 'out', label: t('punches.out') },
        ]}
        value={filter.direction ?? null}
        onChange={(direction) => {
          set({ direction });
        }}
      />
      {onClear && (
        <Button variant="subtle" onClick={onClear}>
          {t('punches.clearFilters')}
        </Button>
      )}
    </Filters>
  );
}

/** A range is written to the address when both ends are chosen. */
function Dates({ filter, set }: Pick<FilterBarProps, 'filter' | 'set'>) {
  const { t } = useTranslation();
  const dateWords = useDateWords();
  const [half, setHalf] = useState<string | null>(null);
  const value: [string | null, string | null] =
    half === null ? [filter.from ?? null, filter.to ?? null] : [half, null];
  return (
    <DatePickerInput
      type="range"
      w={220}
      allowSingleDateInRange
      valueFormat="D MMM YYYY"
      placeholder={t('punches.anyDate')}
      clearable
      value={value}
      onChange={([from, to]) => {
        if (from !== null && to === null) {
          setHalf(from);
          return;
        }
        setHalf(null);
        set({ from, to });
      }}
      {...dateWords}
    />
  );
}

function PersonPicker({
  personId,
  onChange,
}: {
  personId: string | null;
  onChange: (id: string | null) => void;
}) {
  const { t } = useTranslation();
  const can = useCan();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const found = useAnswer(
    'people',
    { query: { state: 'all', limit: 20, ...(search === '' ? {} : { search }) } },
    { enabled: can('people.read') },
  );
  const chosen = useAnswer(
    'person',
    { params: { id: personId ?? '' } },
    { enabled: personId !== null && can('people.read') },
  );
  if (!can('people.read')) return null;
  const people = [...(found.data?.items ?? [])];
  if (personId !== null && chosen.data?.id === personId && !people.some((person) => person.id === personId))
    people.push(chosen.data);
  return (
    <Select
      w={200}
      aria-label={t('punches.person')}
      placeholder={t('punches.anyone')}
      searchable
      clearable
      data={people.map((person) => ({ value: person.id, label: `${person.name} · ${person.code}` }))}
      filter={({ options }) => options}
      onSearchChange={setTyped}
      nothingFoundMessage={t('people.noMatchTitle')}
      value={personId}
      onChange={onChange}
    />
  );
}

function DevicePicker({
  deviceId,
  onChange,
}: {
  deviceId: string | null;
  onChange: (id: string | null) => void;
}) {
  const { t } = useTranslation();
  const can = useCan();
  const devices = useAnswer('devices', {}, { enabled: can('devices.read') });
  if (!can('devices.read')) return null;
  return (
    <Select
      w={160}
      aria-label={t('punches.where')}
      placeholder={t('punches.anyTablet')}
      clearable
      data={(devices.data?.items ?? []).map((device) => ({ value: device.id, label: device.name }))}
      value={deviceId}
      onChange={onChange}
    />
  );
}
