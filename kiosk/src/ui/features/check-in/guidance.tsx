// The words beside the oval while a person stands in front of it.
import { useTranslation } from 'react-i18next';
import type { View } from '../../../contract/views.js';
import { HintFigure } from '../../design/hint-figures.js';
import { Message } from '../../design/message.js';
import { PoseFigure } from '../../design/pose-figures.js';

type GuidanceView = Extract<View, { name: 'guide' | 'looking' | 'asking' | 'deciding' }>;

export function Guidance({ view }: { readonly view: GuidanceView }) {
  const { t } = useTranslation();
  if (view.name === 'deciding') return <Message line={t('deciding.line')} />;
  if (view.name === 'guide')
    return <Message key={view.hint} line={t(`hint.${view.hint}`)} figure={<HintFigure hint={view.hint} />} />;
  if (view.name === 'asking') {
    const { action, done, of } = view.asked;
    return (
      <Message
        key={action}
        line={t(`asking.${action}`)}
        detail={t('asking.progress', { done, of })}
        figure={<PoseFigure step={action} />}
      />
    );
  }
  return <Message line={t('looking.line')} detail={view.othersWait ? t('looking.othersWait') : undefined} />;
}
