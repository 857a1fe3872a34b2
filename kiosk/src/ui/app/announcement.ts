// One sentence per state, for screen readers and the optional voice. Names are never spoken aloud.
import type { TFunction } from 'i18next';
import type { Locale } from '@hazri/shared/protocol/primitives';
import type { ResultView, View } from '../../contract/views.js';
import { clockTime } from '../words/time.js';

interface Place {
  readonly locale: Locale;
  readonly zone: string | null;
}

function resultSentence(result: ResultView, t: TFunction, { locale, zone }: Place): string {
  switch (result.kind) {
    case 'accepted':
      return `${t(`direction.${result.direction}`)}, ${clockTime(result.atMs, locale, zone)}`;
    case 'duplicate': {
      const time = clockTime(result.sinceMs, locale, zone);
      return t(result.direction === 'in' ? 'result.duplicateIn' : 'result.duplicateOut', { time });
    }
    case 'not-recognised':
      return t('result.notRecognised');
    case 'refused':
      return t('result.refused');
    case 'saved-offline':
      return t('result.saved');
    case 'not-recorded':
      return t('result.notRecorded');
    case 'undone':
      return t('result.undone');
    case 'enrolled':
      return t('result.enrolledDetail');
  }
}

/** Empty where the screen has nothing new to say. */
export function announcementOf(view: View, t: TFunction, place: Place): string {
  switch (view.name) {
    case 'starting':
      return t('starting.title');
    case 'problem':
      return t(`problem.${view.code}.title`);
    case 'unpaired':
      return t('pairing.title');
    case 'pairing':
      return t(view.confirmedHere ? 'pairing.confirmed' : 'pairing.wordsTitle');
    case 'waiting':
      return '';
    case 'guide':
      return t(`hint.${view.hint}`);
    case 'looking':
      return view.othersWait ? t('looking.othersWait') : t('looking.line');
    case 'asking':
      return t(`asking.${view.asked.action}`);
    case 'deciding':
      return t('deciding.line');
    case 'result':
      return resultSentence(view.result, t, place);
    case 'pin':
      return t(
        view.reason === 'UNSURE'
          ? 'pin.unsure'
          : view.reason === 'CHOSEN'
            ? 'pin.chosen'
            : 'pin.notRecognised',
      );
    case 'enrol-consent':
      return t(view.basis === 'consent' ? 'enrol.consent' : 'enrol.employment');
    case 'enrol-capture':
      if (view.step === 'look') return `${t('enrol.look.line')} ${t('enrol.look.detail')}`;
      if (view.hint !== null) return t(`hint.${view.hint}`);
      // Without the name that the screen shows: names are never spoken aloud.
      return t(view.step === 'front' ? 'enrol.pose.other' : `enrol.pose.${view.step}`);
  }
}
