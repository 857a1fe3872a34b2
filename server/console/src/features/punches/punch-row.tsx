// One punch; an undone one is struck through, with the reason.
import type { Punch } from '@hazri/shared/protocol/console-types';
import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { useLive } from '../../lib/live.js';
import { clock } from '../../lib/time.js';
import { Cell, Row } from '../../ui/grid.js';
import { DayClock } from '../../ui/moment.js';
import { Direction, Method, TimeNotes } from '../../ui/punch-parts.js';

export function PunchRow({ punch }: { punch: Punch }) {
  const { t } = useTranslation();
  const { freshPeople } = useLive();
  const isUndone = punch.undoneAtMs !== null;
  const row = (
    <Link
      data-row
      className="quiet-link"
      to={`/people/${punch.personId}`}
      style={isUndone ? { textDecoration: 'line-through' } : undefined}
    >
      <strong>{punch.personName}</strong>
    </Link>
  );
  return (
    <Row muted={isUndone} fresh={freshPeople.has(punch.personId)}>
      <Cell>
        <DayClock ms={punch.atMs} zone={punch.zone} />
      </Cell>
      <Cell>
        {punch.undoneAtMs === null ? (
          row
        ) : (
          <Tooltip label={t('punches.undoneReason', { time: clock(punch.undoneAtMs, punch.zone) })}>
            {row}
          </Tooltip>
        )}{' '}
        <span className="soft nowrap">{punch.personCode}</span>
        {punch.undoneAtMs !== null && (
          <div className="soft">
            {t('punches.undoneReason', { time: clock(punch.undoneAtMs, punch.zone) })}
          </div>
        )}
      </Cell>
      <Cell>
        <Direction punch={punch} />
      </Cell>
      <Cell wideOnly>
        <Method method={punch.method} />
      </Cell>
      <Cell wideOnly>{punch.deviceName}</Cell>
      <Cell wideOnly>
        <TimeNotes punch={punch} />
      </Cell>
    </Row>
  );
}
