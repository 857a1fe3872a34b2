// The recognition model of the tablets, and the change from one to the next: how many people are switched, never who.
import type { Recognition } from '@hazri/shared/protocol/console-types';
import { Button, Progress, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../lib/queries.js';
import { useCan, useSession } from '../../lib/session.js';
import { localDateOf, mediumDate } from '../../lib/time.js';
import { Page, Section } from '../../ui/page.js';
import { Shown } from '../../ui/states.js';
import { EndDialog, StartDialog } from './roll-over-dialogs.js';
import styles from './recognition.module.css';

const ASK_EVERY_MS = 10_000;

export function RecognitionPage() {
  const { t } = useTranslation();
  const query = useAnswer('recognition', {}, { refetchInterval: ASK_EVERY_MS });
  const models = query.data;
  return (
    <Page narrow title={t('shell.places.recognition')} meta={<span>{t('settings.recognitionText')}</span>}>
      <Shown query={query} skeleton={<Skeleton height={180} radius={8} />}>
        {models && (
          <div className={styles.cards}>
            <Section title={t('settings.recognitionNow')}>
              <code className={styles.model}>{models.current}</code>
            </Section>
            <Section title={t('settings.recognitionNext')}>
              {models.next === null ? (
                <Available models={models} />
              ) : (
                <UnderWay models={models} next={models.next} />
              )}
            </Section>
          </div>
        )}
      </Shown>
    </Page>
  );
}

function Available({ models }: { models: Recognition }) {
  const { t } = useTranslation();
  const mayChange = useCan()('devices.manage');
  const [chosen, setChosen] = useState<string | null>(null);
  if (models.available.length === 0) return <p className={styles.text}>{t('settings.recognitionNone')}</p>;
  return (
    <>
      {models.available.map((model) => (
        <div key={model} className={styles.row}>
          <code className={styles.model}>{model}</code>
          {mayChange && (
            <Button
              variant="default"
              onClick={() => {
                setChosen(model);
              }}
            >
              {t('settings.recognitionStart')}
            </Button>
          )}
        </div>
      ))}
      <StartDialog
        model={chosen}
        onClose={() => {
          setChosen(null);
        }}
      />
    </>
  );
}

function UnderWay({ models, next }: { models: Recognition; next: string }) {
  const { t, i18n } = useTranslation();
  const { company } = useSession();
  const mayChange = useCan()('devices.manage');
  const [isEnding, setEnding] = useState(false);
  const { enrolled, switched, startedAtMs } = models;
  const isDone = switched > 0 && switched === enrolled;
  const words = t('settings.recognitionProgress', { switched, enrolled });
  return (
    <>
      <code className={styles.model}>{next}</code>
      <Progress.Root className={styles.progress ?? ''}>
        <Progress.Section value={enrolled === 0 ? 0 : (100 * switched) / enrolled} aria-label={words} />
      </Progress.Root>
      <p className={styles.text}>
        <strong className="numbers">{words}</strong>
        {startedAtMs !== null && (
          <>
            {' · '}
            {t('settings.recognitionSince', {
              date: mediumDate(localDateOf(startedAtMs, company.zone), i18n.language),
            })}
          </>
        )}
      </p>
      {!isDone && <p className={styles.text}>{t('settings.recognitionWaits')}</p>}
      {mayChange && (isDone || switched === 0) && (
        <Button
          variant={isDone ? 'filled' : 'default'}
          onClick={() => {
            setEnding(true);
          }}
        >
          {isDone ? t('settings.recognitionFinish') : t('settings.recognitionCancel')}
        </Button>
      )}
      <EndDialog
        opened={isEnding}
        model={next}
        isDone={isDone}
        onClose={() => {
          setEnding(false);
        }}
      />
    </>
  );
}
