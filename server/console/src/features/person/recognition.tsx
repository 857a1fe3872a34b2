// How a person punches: the face with its consent and templates, and the PIN beside it as an equal way.
import type { PersonDetail } from '@hazri/shared/protocol/console-types';
import { Section } from '../../ui/page.js';
import { useTranslation } from 'react-i18next';
import { ConsentBlock } from './consent-block.js';
import { FaceBlock } from './face-block.js';
import { PinBlock } from './pin-block.js';

export function Recognition({ person }: { person: PersonDetail }) {
  const { t } = useTranslation();
  return (
    <Section title={t('person.recognition')} flush>
      <FaceBlock person={person} />
      <ConsentBlock person={person} />
      <PinBlock person={person} />
    </Section>
  );
}
