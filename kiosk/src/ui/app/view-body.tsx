// The words and controls of the current view. Draws the agent's state and passes on what the person touched.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '@hazri/shared/protocol/primitives';
import type { ScreenBridge } from '../../contract/bridge.js';
import type { ScreenState } from '../../contract/views.js';
import { Message } from '../design/message.js';
import type { NoticeText } from '../design/notice-text.js';
import { Guidance } from '../features/check-in/guidance.js';
import { Waiting } from '../features/check-in/waiting.js';
import { Capture } from '../features/enrolment/capture.js';
import { Consent } from '../features/enrolment/consent.js';
import { Unpaired } from '../features/pairing/unpaired.js';
import { Words } from '../features/pairing/words.js';
import { PinPad } from '../features/pin/pin-pad.js';
import { Problem } from '../features/problem/problem.js';
import { Result } from '../features/result/result.js';

interface ViewBodyProps {
  readonly state: ScreenState;
  readonly call: ScreenBridge['call'];
  readonly locale: Locale;
  readonly nowMs: number | null;
  readonly isResting: boolean;
  readonly hasCamera: boolean;
  readonly notice: NoticeText;
  readonly onPairAgain: () => void;
}

export function ViewBody(props: ViewBodyProps) {
  const { state, call, locale, nowMs, isResting, hasCamera, notice } = props;
  const { t } = useTranslation();
  const [refusal, setRefusal] = useState<string | null>(null);
  const { view, status } = state;
  const tell =
    (channel: 'pin.open' | 'pin.cancel' | 'result.not-me' | 'result.dismiss' | 'enrolment.cancel') => () => {
      void call(channel, {});
    };
  switch (view.name) {
    case 'starting':
      return <Message line={t('starting.title')} detail={t('starting.detail')} />;
    case 'problem':
      return <Problem code={view.code} onPairAgain={props.onPairAgain} />;
    case 'unpaired':
      return (
        <Unpaired
          view={view}
          hasCamera={hasCamera}
          refusal={refusal}
          onPair={(serverAddress, code) => {
            setRefusal(null);
            void call('pairing.start', { serverAddress, code }).then((result) => {
              setRefusal(result.ok ? null : result.error.code);
            });
          }}
        />
      );
    case 'pairing':
      return (
        <Words
          view={view}
          onAnswer={(match) => {
            void call('pairing.words-match', { match });
          }}
        />
      );
    case 'waiting':
      return <Waiting nowMs={nowMs} zone={status.zone} locale={locale} isResting={isResting} />;
    case 'guide':
    case 'looking':
    case 'asking':
    case 'deciding':
      return <Guidance view={view} />;
    case 'result':
      return (
        <Result
          result={view.result}
          locale={locale}
          zone={status.zone}
          hasPin={status.pinFallback}
          onNotMe={tell('result.not-me')}
          onPin={tell('pin.open')}
          onDone={tell('result.dismiss')}
        />
      );
    case 'pin':
      return (
        <PinPad
          view={view}
          onCancel={tell('pin.cancel')}
          onSubmit={(employeeCode, pin) => {
            void call('pin.submit', { employeeCode, pin });
          }}
        />
      );
    case 'enrol-consent':
      return (
        <Consent
          view={view}
          notice={notice}
          onAnswer={(given) => {
            void call('enrolment.consent', { given, locale });
          }}
        />
      );
    case 'enrol-capture':
      return (
        <Capture
          view={view}
          onLook={(isChanged) => {
            void call('enrolment.look', { isChanged });
          }}
          onCancel={tell('enrolment.cancel')}
        />
      );
  }
}
