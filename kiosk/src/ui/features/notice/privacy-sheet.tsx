// What "No photo is kept" means, in plain words, with the company's notice and the way to withdraw.
import { useTranslation } from 'react-i18next';
import { NoticeParagraphs, type NoticeText } from '../../design/notice-text.js';
import { Prose } from '../../design/prose.js';
import { Sheet } from '../../design/sheet.js';

interface PrivacySheetProps {
  readonly notice: NoticeText;
  readonly onClose: () => void;
}

export function PrivacySheet({ notice, onClose }: PrivacySheetProps) {
  const { t } = useTranslation();
  const hasNotice = notice !== null && notice !== 'loading';
  return (
    <Sheet title={t('notice.title')} closeLabel={t('notice.close')} onClose={onClose}>
      <Prose label={t('notice.title')}>
        <p>{t('notice.picture')}</p>
        <p>{t('notice.numbers')}</p>
        <p>{t('notice.choice')}</p>
        <p>{t('notice.withdraw')}</p>
        {hasNotice ? <NoticeParagraphs notice={notice} /> : null}
      </Prose>
    </Sheet>
  );
}
