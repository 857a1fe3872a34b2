// Before a face is learnt: who, what for, the whole notice, and two answers of equal weight.
import { useTranslation } from 'react-i18next';
import type { View } from '../../../contract/views.js';
import { Button } from '../../design/button.js';
import type { NoticeText } from '../../design/notice-text.js';
import { NoticeParagraphs } from '../../design/notice-text.js';
import { Prose } from '../../design/prose.js';
import styles from './consent.module.css';

interface ConsentProps {
  readonly view: Extract<View, { name: 'enrol-consent' }>;
  readonly notice: NoticeText;
  readonly onAnswer: (isGiven: boolean) => void;
}

export function Consent({ view, notice, onAnswer }: ConsentProps) {
  const { t } = useTranslation();
  const isConsent = view.basis === 'consent';
  return (
    <div className={styles['consent']}>
      <div className={styles['who']}>
        <h1 className={styles['title']}>{t('enrol.title', { name: view.displayName })}</h1>
        <p className={styles['code']}>{t('enrol.code', { code: view.employeeCode })}</p>
        <p className={styles['question']}>{t(isConsent ? 'enrol.consent' : 'enrol.employment')}</p>
      </div>
      <Prose label={t('notice.company')}>
        {notice === 'loading' ? (
          <p>{t('enrol.noticeLoading')}</p>
        ) : notice === null ? (
          <p>{t('enrol.noticeMissing')}</p>
        ) : (
          <NoticeParagraphs notice={notice} />
        )}
      </Prose>
      <div className={styles['answers']}>
        <Button
          disabled={notice === 'loading' || notice === null}
          onClick={() => {
            onAnswer(true);
          }}
        >
          {t(isConsent ? 'enrol.agree' : 'enrol.understood')}
        </Button>
        <Button
          onClick={() => {
            onAnswer(false);
          }}
        >
          {t('enrol.notNow')}
        </Button>
      </div>
    </div>
  );
}
