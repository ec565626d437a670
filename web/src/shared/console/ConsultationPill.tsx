import {
  IconCalendar,
  IconCircleCheck,
  IconCircleX,
  IconClockHour4,
  IconVideo,
  type Icon,
} from '@tabler/icons-react';
import type { components } from '../../protocol/api';
import { StatusPill, type Tone } from '../ui';
import { useConsoleText } from './strings';

export type ConsultationState = components['schemas']['ConsultationState'];

const look: Record<ConsultationState, { icon: Icon; tone: Tone }> = {
  planned: { icon: IconCalendar, tone: 'neutral' },
  arrived: { icon: IconClockHour4, tone: 'amber' },
  'in-progress': { icon: IconVideo, tone: 'brand' },
  finished: { icon: IconCircleCheck, tone: 'good' },
  cancelled: { icon: IconCircleX, tone: 'neutral' },
};

/** Where a consultation stands, by a mark and a word. */
export function ConsultationPill({ state }: { state: ConsultationState }) {
  const text = useConsoleText();
  const { icon, tone } = look[state];
  return (
    <StatusPill icon={icon} tone={tone}>
      {text(`consultation.${state}`)}
    </StatusPill>
  );
}
