// The record of a person, and editing it.
import type { PersonDetail } from '@hazri/shared/protocol/console-types';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useAnswer, useChange } from '../../lib/queries.js';
import { useCan } from '../../lib/session.js';
import { mediumDate } from '../../lib/time.js';
import { Section } from '../../ui/page.js';
import { PersonForm } from '../../ui/person-form.js';
import styles from './person.module.css';
import { SideSheet } from '../../ui/dialog.js';

export function Details({ person }: { person: PersonDetail }) {
  const { t, i18n } = useTranslation();
  const can = useCan();
  const [isEditing, editing] = useDisclosure(false);
  const update = useChange('updatePerson', ['person', 'people', 'today']);
  const sites = useAnswer('sites', {});
  const site = sites.data?.items.find((candidate) => candidate.id === person.siteId);
  const { code, name, department, siteId, locale, joined } = person;
  return (
    <Section
      title={t('person.details')}
      aside={
        can('people.manage') &&
        person.left === null && (
          <Button variant="subtle" onClick={editing.open}>
            {t('shell.edit')}
          </Button>
        )
      }
    >
      <dl className={styles.facts}>
        <dt>{t('people.code')}</dt>
        <dd className="numbers">{code}</dd>
        <dt>{t('people.department')}</dt>
        <dd>{department ?? t('shell.noValue')}</dd>
        <dt>{t('people.site')}</dt>
        <dd>{site?.name ?? t('shell.noValue')}</dd>
        <dt>{t('people.joined')}</dt>
        <dd>{mediumDate(joined, i18n.language)}</dd>
        <dt>{t('people.locale')}</dt>
        <dd>{locale === 'hi' ? 'हिन्दी' : 'English'}</dd>
      </dl>
      <SideSheet opened={isEditing} onClose={editing.close} title={t('person.editTitle')} size={420}>
        <PersonForm
          initial={{ code, name, department, siteId, locale, joined }}
          submit={t('shell.save')}
          busy={update.isPending}
          error={update.error}
          onCancel={editing.close}
          onSubmit={(body) => {
            update.mutate({ params: { id: person.id }, body }, { onSuccess: editing.close });
          }}
        />
      </SideSheet>
    </Section>
  );
}
