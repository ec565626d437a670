import { IconCircleCheck, IconMoon, IconRefresh, type Icon } from '@tabler/icons-react';
import type { Presence } from '../../protocol/signaling';
import classes from './PresenceMark.module.css';
import { useQueueText } from './strings';

const icons: Record<Presence, Icon> = {
  here: IconCircleCheck,
  reconnecting: IconRefresh,
  away: IconMoon,
};

export interface PresenceMarkProps {
  presence: Presence;
  /** In the call, where being there means another thing than being ready for it. */
  inCall?: boolean;
}

/** Whether a patient is on the page now, by a mark and a word. */
export function PresenceMark({ presence, inCall = false }: PresenceMarkProps) {
  const text = useQueueText();
  const Mark = icons[presence];
  return (
    <span className={classes.root} data-presence={presence}>
      <Mark size={15} stroke={2} aria-hidden />
      {text(inCall ? `inCall.${presence}` : `presence.${presence}`)}
    </span>
  );
}
