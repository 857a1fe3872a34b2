// The copy of the root key: show, keep, prove. The key is on screen only between the first and the last step.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../lib/queries.js';
import { useAdoptSession, useSession } from '../../lib/session.js';
import { Notice } from '../../ui/notice.js';
import { Page } from '../../ui/page.js';
import { ConfirmStep } from './confirm-step.js';
import { KeepStep } from './keep-step.js';
import { ShowStep } from './show-step.js';
import { Step } from './step.js';
import styles from './root-key.module.css';

export function RootKeyPage() {
  const { t } = useTranslation();
  const { rootKeySaved } = useSession();
  const adopt = useAdoptSession();
  const [isCopying, setCopying] = useState(!rootKeySaved);
  const [isKept, setKept] = useState(false);
  const show = useChange('rootKeyCopy');
  const confirm = useChange('rootKeyConfirm');
  const key = show.data;
  const step = key === undefined ? 1 : isKept ? 3 : 2;
  const finish = () => {
    show.reset();
    setKept(false);
    setCopying(false);
  };
  return (
    <Page title={t('settings.rootKeyTitle')} meta={<span>{t('settings.rootKeyText')}</span>} narrow>
      <div className={styles.parts}>
        {rootKeySaved ? (
          <Notice
            tone="in"
            title={confirm.isSuccess ? t('settings.confirmedTitle') : t('settings.rootKeySaved')}
          >
            {confirm.isSuccess ? t('settings.confirmedText') : t('settings.rootKeySavedText')}
          </Notice>
        ) : (
          <Notice tone="wait" title={t('settings.rootKeyMissing')}>
            {t('settings.rootKeyMissingText')}
          </Notice>
        )}
        {isCopying ? (
          <ol className={styles.steps}>
            <Step number={1} current={step} title={t('settings.step1')} text={t('settings.step1Text')}>
              <ShowStep
                busy={show.isPending}
                error={show.error}
                onShow={(password) => {
                  show.mutate({ body: { password } });
                }}
              />
            </Step>
            <Step number={2} current={step} title={t('settings.step2')} text={t('settings.step2Text')}>
              {key && (
                <KeepStep
                  text={key.text}
                  fileName={key.fileName}
                  onKept={() => {
                    setKept(true);
                  }}
                />
              )}
            </Step>
            <Step number={3} current={step} title={t('settings.step3')} text={t('settings.step3Text')}>
              <ConfirmStep
                busy={confirm.isPending}
                error={confirm.error}
                onConfirm={(lastSix) => {
                  const onSuccess = (session: Parameters<typeof adopt>[0]) => {
                    adopt(session);
                    finish();
                  };
                  confirm.mutate({ body: { lastSix } }, { onSuccess });
                }}
              />
            </Step>
          </ol>
        ) : (
          <div>
            <Button
              variant="default"
              onClick={() => {
                setCopying(true);
              }}
            >
              {t('settings.anotherCopy')}
            </Button>
          </div>
        )}
      </div>
    </Page>
  );
}
