// The oval in which a person sees themselves, with its ring. It stays mounted on every screen so that the camera
// never restarts; a figure may cover the picture.
import { type ReactNode, useEffect, useRef } from 'react';
import { Ring, type RingMode } from '../../design/ring.js';
import { startFramePump } from './frame-pump.js';
import styles from './oval.module.css';

interface OvalProps {
  readonly stream: MediaStream | null;
  /** `away`: not part of this screen; the camera stays open behind it. */
  readonly place: 'shown' | 'away';
  readonly ring: RingMode;
  /** Covers the picture, for a result or a problem. */
  readonly cover: ReactNode;
  readonly wantsFrames: boolean;
  readonly sendFrame: (frame: Uint8Array<ArrayBuffer>) => Promise<void>;
}

export function Oval({ stream, place, ring, cover, wantsFrames, sendFrame }: OvalProps) {
  const video = useRef<HTMLVideoElement>(null);
  const wanted = useRef(wantsFrames);
  useEffect(() => {
    wanted.current = wantsFrames;
  }, [wantsFrames]);

  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    element.srcObject = stream;
    if (stream === null) return undefined;
    void element.play().catch(() => undefined);
    const stop = startFramePump(element, { isWanted: () => wanted.current, send: sendFrame });
    return () => {
      stop();
      element.srcObject = null;
    };
  }, [stream, sendFrame]);

  return (
    <div
      className={`${styles['oval'] ?? ''} ${styles[place] ?? ''}`}
      data-covered={cover === null ? 'no' : 'yes'}
    >
      <div className={styles['picture']}>
        <video
          ref={video}
          className={styles['video']}
          muted
          playsInline
          autoPlay
          tabIndex={-1}
          aria-hidden="true"
        />
        {cover === null ? null : <div className={styles['cover']}>{cover}</div>}
      </div>
      <Ring mode={ring} />
    </div>
  );
}
