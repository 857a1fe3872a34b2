// The company's notice in the language of the screen, asked of the agent when someone wants to read it.
import { useEffect, useState } from 'react';
import type { Notice } from '@hazri/shared/protocol/device';
import type { Locale } from '@hazri/shared/protocol/primitives';
import type { ScreenBridge } from '../../contract/bridge.js';
import type { NoticeText } from '../design/notice-text.js';

export function useNotice(call: ScreenBridge['call'], locale: Locale, isWanted: boolean): NoticeText {
  const [read, setRead] = useState<{ locale: Locale; notice: Notice | null } | null>(null);
  useEffect(() => {
    if (!isWanted) return undefined;
    let isOver = false;
    void call('notice.read', { locale }).then((result) => {
      if (!isOver) setRead({ locale, notice: result.ok ? result.value.notice : null });
    });
    return () => {
      isOver = true;
    };
  }, [call, locale, isWanted]);
  return read?.locale === locale ? read.notice : 'loading';
}
