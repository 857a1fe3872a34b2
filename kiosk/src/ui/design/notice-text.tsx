// The company's notice as text. The words come from the server with their version; nothing here changes them.
import { useTranslation } from 'react-i18next';
import type { Notice } from '@hazri/shared/protocol/device';

/** Null: this tablet has no notice in the language. */
export type NoticeText = Notice | null | 'loading';

export function NoticeParagraphs({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation();
  return (
    <>
      <h2>{notice.title}</h2>
      {notice.paragraphs.map((paragraph, index) => (
        <p key={`${notice.sha256}-${String(index)}`}>{paragraph}</p>
      ))}
      <small>{t('notice.version', { version: notice.version })}</small>
    </>
  );
}
