// Six words that both sides computed by themselves. Only a person who looks at both screens can say they agree.
import { useTranslation } from 'react-i18next';
import type { View } from '../../../contract/views.js';
import { Button } from '../../design/button.js';
import styles from './pairing.module.css';

interface WordsProps {
  readonly view: Extract<View, { name: 'pairing' }>;
  readonly onAnswer: (isMatch: boolean) => void;
}

export function Words({ view, onAnswer }: WordsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles['words-screen']}>
      <p className={styles['intro']}>{t('pairing.company', { company: view.companyName })}</p>
      <h1 className={styles['title']}>
        {t(view.confirmedHere ? 'pairing.confirmed' : 'pairing.wordsTitle')}
      </h1>
      <ol className={styles['words']} lang="en">
        {view.words.map((word, index) => (
          <li key={`${String(index)}-${word}`} className={styles['word']}>
            <span className={styles['number']}>{index + 1}</span>
            {word}
          </li>
        ))}
      </ol>
      {view.confirmedHere ? null : (
        <>
          <p className={styles['intro']}>{t('pairing.wordsDetail')}</p>
          <div className={styles['answers']}>
            <Button
              kind="primary"
              onClick={() => {
                onAnswer(true);
              }}
            >
              {t('pairing.yes')}
            </Button>
            <Button
              onClick={() => {
                onAnswer(false);
              }}
            >
              {t('pairing.no')}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
