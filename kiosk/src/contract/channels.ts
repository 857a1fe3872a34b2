// Names of everything the screen may ask of the agent. The Electron preload imports this file and nothing else.

export const CHANNELS = [
  'screen.ready',
  'pairing.start',
  'pairing.words-match',
  'pin.open',
  'pin.submit',
  'pin.cancel',
  'result.not-me',
  'result.dismiss',
  'enrolment.consent',
  'enrolment.look',
  'enrolment.cancel',
  'notice.read',
  'camera.report',
  'it.status',
] as const;
export type Channel = (typeof CHANNELS)[number];

/** Pushed by the agent: the whole screen state, whenever it changes. */
export const STATE_CHANNEL = 'state';
/** Frames towards the agent, in the binary form of `frame.ts`; answered by an empty message when the next may come. */
export const FRAME_CHANNEL = 'frame';
/** Names of the Electron host's own channels: calls go to the main process, and it says whether the agent is there. */
export const CALL_CHANNEL = 'call';
export const LINK_CHANNEL = 'link';
