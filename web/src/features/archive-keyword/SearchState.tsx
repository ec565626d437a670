import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClockOff,
  IconLoader2,
  type Icon,
} from '@tabler/icons-react';
import { StatusPill, type Tone } from '../../shared/ui';
import type { State } from './searches';
import { useKeywordText } from './strings';

const look: Record<State, { icon: Icon; tone: Tone }> = {
  running: { icon: IconLoader2, tone: 'amber' },
  done: { icon: IconCircleCheck, tone: 'good' },
  cancelled: { icon: IconCircleX, tone: 'neutral' },
  failed: { icon: IconAlertTriangle, tone: 'bad' },
  expired: { icon: IconClockOff, tone: 'neutral' },
};

/** Where a search stands, by a mark and a word. */
export function SearchState({ state }: { state: State }) {
  const text = useKeywordText();
  const { icon, tone } = look[state];
  return (
    <StatusPill icon={icon} tone={tone}>
      {text(`state.${state}`)}
    </StatusPill>
  );
}
