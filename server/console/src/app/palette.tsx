// Ctrl/⌘ K: go anywhere, find anyone, begin the common tasks.
import {
  Spotlight,
  spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from '@mantine/spotlight';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { useAnswer } from '../lib/queries.js';
import { useCan } from '../lib/session.js';
import { IconDevice, IconPlus, IconSearch, IconUpload, IconUser } from '../ui/icons.js';
import { PLACES } from './places.js';

const MOST_PEOPLE = 6;

export function Palette() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const people = useFoundPeople(typed);
  const tasks = useTasks();
  const navigate = useNavigate();
  const can = useCan();
  const places: SpotlightActionData[] = PLACES.filter((place) => can(place.permission)).map((place) => ({
    id: place.to,
    label: t(`shell.places.${place.key}`),
    leftSection: <place.icon size={17} stroke={1.6} />,
    onClick: () => void navigate(place.to),
  }));
  const actions: SpotlightActionGroupData[] = [
    { group: t('shell.paletteGo'), actions: places },
    { group: t('shell.paletteDo'), actions: tasks },
    { group: t('shell.palettePeople'), actions: people },
  ].filter((group) => group.actions.length > 0);
  return (
    <Spotlight
      actions={actions}
      query={typed}
      onQueryChange={setTyped}
      clearQueryOnClose
      shortcut="mod + K"
      nothingFound={t('shell.paletteNothing')}
      scrollable
      overlayProps={{ backgroundOpacity: 0.4, blur: 0 }}
      attributes={{ content: { 'aria-label': t('shell.palettePlaceholder') } }}
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={17} />,
        placeholder: t('shell.palettePlaceholder'),
        'aria-label': t('shell.palettePlaceholder'),
      }}
    />
  );
}

function useTasks(): SpotlightActionData[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const can = useCan();
  const tasks: SpotlightActionData[] = [];
  if (can('people.manage')) {
    tasks.push(
      {
        id: 'add',
        label: t('people.add'),
        leftSection: <IconPlus size={17} />,
        onClick: () => void navigate('/people?add=1'),
      },
      {
        id: 'import',
        label: t('people.import'),
        leftSection: <IconUpload size={17} />,
        onClick: () => void navigate('/people?import=1'),
      },
    );
  }
  if (can('devices.manage')) {
    tasks.push({
      id: 'pair',
      label: t('devices.pair'),
      leftSection: <IconDevice size={17} />,
      onClick: () => void navigate('/devices?pair=1'),
    });
  }
  return tasks;
}

function useFoundPeople(typed: string): SpotlightActionData[] {
  const navigate = useNavigate();
  const can = useCan();
  const [search] = useDebouncedValue(typed.trim(), 200);
  const found = useAnswer(
    'people',
    { query: { search, state: 'all', limit: MOST_PEOPLE } },
    { enabled: can('people.read') && search.length >= 2 },
  );
  if (search.length < 2 || typed.trim() === '') return [];
  return (found.data?.items ?? []).map((person) => ({
    id: person.id,
    label: person.name,
    description: [person.code, person.department].filter(Boolean).join(' · '),
    keywords: [person.code, typed],
    leftSection: <IconUser size={17} stroke={1.6} />,
    onClick: () => {
      spotlight.close();
      void navigate(`/people/${person.id}`);
    },
  }));
}
