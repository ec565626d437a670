import {
  IconCalendar,
  IconCalendarOff,
  IconCircleCheck,
  IconCircleX,
  IconClockHour4,
  IconDoorEnter,
  IconHourglass,
  IconVideo,
  type Icon,
} from '@tabler/icons-react';
import { StatusPill, type Tone } from '../../shared/ui';
import { useVisitsText } from './strings';
import type { VisitStage } from './visit';

const look: Record<VisitStage, { icon: Icon; tone: Tone }> = {
  early: { icon: IconCalendar, tone: 'neutral' },
  open: { icon: IconDoorEnter, tone: 'brand' },
  waiting: { icon: IconClockHour4, tone: 'amber' },
  call: { icon: IconVideo, tone: 'amber' },
  finished: { icon: IconCircleCheck, tone: 'good' },
  cancelled: { icon: IconCircleX, tone: 'neutral' },
  calledOff: { icon: IconCalendarOff, tone: 'amber' },
  requested: { icon: IconHourglass, tone: 'amber' },
  unclosed: { icon: IconHourglass, tone: 'neutral' },
  missed: { icon: IconCircleX, tone: 'neutral' },
};

/** Where a visit stands, by a mark and a word. */
export function VisitPill({ stage }: { stage: VisitStage }) {
  const text = useVisitsText();
  const { icon, tone } = look[stage];
  return (
    <StatusPill icon={icon} tone={tone}>
      {text(`stage.${stage}`)}
    </StatusPill>
  );
}
