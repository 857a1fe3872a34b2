// The comparison of everybody with everybody: how far it is, what the last one found, and a button to start one.
import type { LookAlikeCheck } from '@hazri/shared/protocol/console-types';
import { Button, Progress, Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAnswer, useChange } from '../../lib/queries.js';
import { useSession } from '../../lib/session.js';
import { absolute } from '../../lib/time.js';
import { Refusal } from '../../ui/notice.js';
import { Section } from '../../ui/page.js';
import { Shown } from '../../ui/states.js';
import styles from './look-alikes.module.css';

/** Progress comes as live events; this is for a run on another server. */
const ASK_EVERY_MS = 5_000;

export function CheckCard() {
  const { t } = useTranslation();
  const query = useAnswer('lookAlikeCheck', {}, { refetchInterval: ASK_EVERY_MS });
  const start = useChange('startLookAlikeCheck', ['lookAlikeCheck', 'lookAlikes']);
  return (
    <div className={styles.card}>
      <Section
        title={t('lookAlikes.checkTitle')}
        aside={
          <Button
            variant="default"
            loading={start.isPending}
            disabled={isRunning(query.data)}
            onClick={() => {
              start.mutate({});
            }}
          >
            {t('lookAlikes.check')}
          </Button>
        }
      >
        <Shown query={query} skeleton={<Skeleton height={20} radius={6} />}>
          {query.data && <CheckState check={query.data} />}
        </Shown>
        <Refusal error={start.error} />
      </Section>
    </div>
  );
}

const isRunning = (check: LookAlikeCheck | undefined): boolean => check?.state === 'running';

function CheckState({ check }: { check: LookAlikeCheck }) {
  const { t, i18n } = useTranslation();
  const { company } = useSession();
  const { state, people, templates, compared, found, finishedAtMs } = check;
  if (state === 'running') {
    return (
      <div role="status">
        <p className={styles.text}>{t('lookAlikes.checkRunning', { people, templates })}</p>
        <Progress.Root>
          <Progress.Section
            value={templates === 0 ? 0 : (100 * compared) / templates}
            aria-label={t('lookAlikes.checkProgress')}
          />
        </Progress.Root>
      </div>
    );
  }
  const text = {
    never: t('lookAlikes.checkNever'),
    done: t('lookAlikes.checkDone', {
      when: absolute(finishedAtMs ?? 0, company.zone, i18n.language),
      people,
      count: found,
    }),
    failed: t('lookAlikes.checkFailed'),
    interrupted: t('lookAlikes.checkInterrupted'),
  }[state];
  return <p className={styles.text}>{text}</p>;
}
