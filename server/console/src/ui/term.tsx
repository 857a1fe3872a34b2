// A word that a newcomer may not know, explained on hover and on focus.
import { Tooltip } from '@mantine/core';

export function Term({ word, meaning }: { word: string; meaning: string }) {
  return (
    <Tooltip label={meaning} multiline w={260}>
      <span className="term" tabIndex={0}>
        {word}
      </span>
    </Tooltip>
  );
}
