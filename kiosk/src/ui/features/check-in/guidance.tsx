// The words beside the oval while a person stands in front of it.
import { useTranslation } from 'react-i18next';
import type { View } from '../../../contract/views.js';
import { HintFigure } from '../../design/hint-figures.js';
import { Message } from '../../design/message.js';

type GuidanceView = Extract<View, { name: 'guide' | 'looking' | 'deciding' }>;

export function Guidance({ view }: { readonly view: GuidanceView }) {
  const { t } = useTranslation();
  if (view.name === 'deciding') return <Message line={t('deciding.line')} />;
  if (view.name === 'guide')
    return <Message key={view.hint} line={t(`hint.${view.hint}`)} figure={<HintFigure hint={view.hint} />} />;
  return <Message line={t('looking.line')} detail={view.othersWait ? t('looking.othersWait') : undefined} />;
}
