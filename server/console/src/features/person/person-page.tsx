// One person: details, how they are recognised, their punches.
import { Button, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router-dom';
import { useAnswer } from '../../lib/queries.js';
import { useCan } from '../../lib/session.js';
import { mediumDate } from '../../lib/time.js';
import { Notice } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { Shown } from '../../ui/states.js';
import { Details } from './details.js';
import { LeaveDialog } from './leave-dialog.js';
import { PersonPunches } from './person-punches.js';
import { Recognition } from './recognition.js';
import styles from './person.module.css';

export function PersonPage() {
  const { t, i18n } = useTranslation();
  const can = useCan();
  const { id = '' } = useParams();
  const query = useAnswer('person', { params: { id } });
  const person = query.data;
  const [isLeaving, setLeaving] = useState(false);
  return (
    <Page
      title={person?.name ?? t('shell.places.people')}
      back={{ to: '/people', label: t('shell.places.people') }}
      meta={person && <span>{[person.code, person.department].filter(Boolean).join(' · ')}</span>}
      actions={
        person?.left === null &&
        can('people.manage') && (
          <Button
            variant="default"
            onClick={() => {
              setLeaving(true);
            }}
          >
            {t('person.leave')}
          </Button>
        )
      }
    >
      <Shown query={query} skeleton={<PersonSkeleton />}>
        {person && (
          <div className={styles.layout}>
            {person.left !== null && (
              <div className={styles.whole}>
                <Notice tone="wait">
                  {t('person.leftBanner', { date: mediumDate(person.left, i18n.language) })}
                </Notice>
              </div>
            )}
            <div className={styles.side}>
              <Recognition person={person} />
              <Details person={person} />
            </div>
            {can('punches.read') && <PersonPunches personId={person.id} />}
            <LeaveDialog
              person={person}
              opened={isLeaving}
              onClose={() => {
                setLeaving(false);
              }}
            />
          </div>
        )}
      </Shown>
    </Page>
  );
}

function PersonSkeleton() {
  return (
    <div className={styles.layout} aria-busy="true" data-skeleton>
      <div className={styles.side}>
        <Skeleton height={260} radius={8} />
        <Skeleton height={220} radius={8} />
      </div>
      <Skeleton height={420} radius={8} />
    </div>
  );
}
