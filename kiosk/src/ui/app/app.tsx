// The whole screen: edges, oval, message. Everything it knows comes from the agent through the bridge.
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScreenBridge } from '../../contract/bridge.js';
import type { Locale } from '@hazri/shared/protocol/primitives';
import type { ScreenState, View } from '../../contract/views.js';
import { Message } from '../design/message.js';
import { VerdictFigure } from '../design/verdict-figures.js';
import { Oval } from '../features/camera/oval.js';
import { useCamera } from '../features/camera/use-camera.js';
import { ItCorner } from '../features/it-corner/it-corner.js';
import { PrivacySheet } from '../features/notice/privacy-sheet.js';
import { HelpBar } from '../features/status-bar/help-bar.js';
import { StatusBar } from '../features/status-bar/status-bar.js';
import { announcementOf } from './announcement.js';
import styles from './app.module.css';
import { type Scene, sceneOf } from './scene.js';
import { useAgent, useServerTime } from './use-agent.js';
import { useNotice } from './use-notice.js';
import { usePairingAgain } from './use-pairing-again.js';
import { useSurroundings, useTheme } from './use-surroundings.js';
import { useVoice } from './use-voice.js';
import { ViewBody } from './view-body.js';

const STARTING: ScreenState = {
  view: { name: 'starting' },
  status: {
    online: true,
    unsent: 0,
    nowMs: null,
    zone: null,
    companyName: null,
    deviceName: null,
    siteName: null,
    cameraPin: null,
    pinFallback: false,
    defaultLocale: 'en',
  },
};
const DOWN: Scene = {
  tone: 'unsure',
  layout: 'stage',
  ring: { kind: 'idle' },
  cover: 'wrench',
  wantsFrames: false,
};
const LOST = { down: DOWN, elsewhere: { ...DOWN, tone: 'calm', cover: 'windows' } } as const satisfies Record<
  string,
  Scene
>;
const LOST_WORDS = {
  down: { title: 'linkDown.title', detail: 'linkDown.detail' },
  elsewhere: { title: 'elsewhere.title', detail: 'elsewhere.detail' },
} as const;

const UNPAIRED_VIEWS: readonly View['name'][] = ['starting', 'unpaired', 'pairing'];
const PIN_VIEWS: readonly View['name'][] = ['waiting', 'guide', 'looking', 'asking'];

/** The language of the person that a result is about. */
const localeOf = (view: View): Locale | null =>
  view.name === 'result' && 'locale' in view.result ? view.result.locale : null;

function useSceneOnPage(tone: string, isResting: boolean): void {
  useEffect(() => {
    document.documentElement.dataset['tone'] = tone;
    document.documentElement.dataset['resting'] = isResting ? 'yes' : 'no';
  }, [tone, isResting]);
}

export function App({ bridge }: { readonly bridge: ScreenBridge }) {
  const { t } = useTranslation();
  const agent = useAgent(bridge);
  const nowMs = useServerTime(agent);
  const { state, pairAgain } = usePairingAgain(agent.state ?? STARTING);
  const { view, status } = state;
  const { locale, chooseLocale, isResting } = useSurroundings(
    view.name === 'waiting' && agent.lost === null,
    { shown: localeOf(view), company: status.defaultLocale },
  );
  const askedLocale = view.name === 'enrol-consent' ? view.locale : null;
  useEffect(() => {
    if (askedLocale !== null) chooseLocale(askedLocale);
  }, [askedLocale, chooseLocale]);
  useTheme(nowMs, status.zone);
  const scene = agent.lost === null ? sceneOf(view) : LOST[agent.lost];
  useSceneOnPage(scene.tone, isResting);

  const call = useCallback<ScreenBridge['call']>((channel, input) => bridge.call(channel, input), [bridge]);
  const sendFrame = useCallback((frame: Uint8Array<ArrayBuffer>) => bridge.sendFrame(frame), [bridge]);
  const camera = useCamera(agent.state === null ? undefined : status.cameraPin);
  useEffect(() => {
    if (agent.isLinkUp && camera.report !== null) void call('camera.report', camera.report);
  }, [agent.isLinkUp, camera.report, call]);

  const [isReading, setReading] = useState(false);
  const notice = useNotice(call, locale, isReading || view.name === 'enrol-consent');
  const announcement =
    agent.lost === null
      ? announcementOf(view, t, { locale, zone: status.zone })
      : t(LOST_WORDS[agent.lost].title);
  const voice = useVoice(announcement, locale);
  const isPaired = !UNPAIRED_VIEWS.includes(view.name);
  const isRevoked = view.name === 'problem' && view.code === 'DEVICE_REVOKED';

  return (
    <div className={styles['screen']}>
      <StatusBar
        companyName={status.companyName}
        siteName={status.siteName}
        offline={isPaired && !isRevoked && !status.online ? { unsent: status.unsent } : null}
        problem={isPaired ? (status.problem ?? null) : null}
        nowMs={view.name === 'waiting' ? null : nowMs}
        zone={status.zone}
        locale={locale}
      />
      <main className={styles[isResting ? 'rest' : scene.layout]} data-of={view.name}>
        <div className={styles['oval-place']}>
          <Oval
            key="oval"
            stream={camera.stream}
            place={isResting || scene.layout === 'desk' ? 'away' : 'shown'}
            ring={scene.ring}
            cover={scene.cover === null ? null : <VerdictFigure name={scene.cover} />}
            wantsFrames={scene.wantsFrames && agent.isLinkUp}
            sendFrame={sendFrame}
          />
        </div>
        <div className={styles['body']} key={view.name}>
          {agent.lost !== null ? (
            <Message line={t(LOST_WORDS[agent.lost].title)} detail={t(LOST_WORDS[agent.lost].detail)} />
          ) : (
            <ViewBody
              state={state}
              call={call}
              locale={locale}
              nowMs={nowMs}
              isResting={isResting}
              hasCamera={camera.stream !== null}
              notice={notice}
              onPairAgain={pairAgain}
            />
          )}
        </div>
      </main>
      <HelpBar
        locale={locale}
        onLocale={chooseLocale}
        onNotice={() => {
          setReading(true);
        }}
        onPin={
          status.pinFallback && PIN_VIEWS.includes(view.name) && agent.lost === null
            ? () => {
                void call('pin.open', {});
              }
            : null
        }
        voice={voice}
      />
      <p className="visually-hidden" role="status">
        {announcement}
      </p>
      <ItCorner call={call} locale={locale} zone={status.zone} />
      {isReading ? (
        <PrivacySheet
          notice={notice}
          onClose={() => {
            setReading(false);
          }}
        />
      ) : null}
    </div>
  );
}
