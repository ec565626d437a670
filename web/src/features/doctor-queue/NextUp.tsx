import { Button } from '@mantine/core';
import {
  IconCalendarCheck,
  IconCoffee,
  IconUsers,
  IconVideo,
  type Icon,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import type { QueueEntry } from '../../protocol/signaling';
import { useFormat } from '../../shared/i18n';
import { minutesSince, nextUp, type QueueGroups } from './queue';
import classes from './NextUp.module.css';
import { useQueueText } from './strings';
import { useNow } from './useNow';
import { useWaited } from './Waited';

export interface NextUpProps {
  groups: QueueGroups;
  /** The visit just looked at, which is not the next one. */
  exceptId?: string | undefined;
  hrefOf: (consultationId: string) => string;
  hospitalZone: string | undefined;
  aheadMs: number;
  /** Whether an arrival can be heard. */
  chime: boolean;
  /** Under something else that has said where one is. */
  compact?: boolean;
}

/** What the doctor does next: back to an open visit, the next patient, or nothing for now. */
export function NextUp({ compact = false, ...props }: NextUpProps) {
  return (
    <div className={classes.root} data-compact={compact}>
      <Content {...props} />
    </div>
  );
}

function Content({
  groups,
  exceptId,
  hrefOf,
  hospitalZone,
  aheadMs,
  chime,
}: Omit<NextUpProps, 'compact'>) {
  const text = useQueueText();
  const format = useFormat(hospitalZone);
  const open = groups.inCall.find((entry) => entry.consultation_id !== exceptId);
  const next = nextUp(groups, exceptId);
  const booked = Object.values(groups).some((group: readonly QueueEntry[]) => group.length > 0);

  if (open) {
    return (
      <Said
        icon={IconVideo}
        title={text('next.inCall', { name: open.patient_name })}
        detail={text('next.inCallDetail')}
        action={{ label: text('next.toCall'), to: hrefOf(open.consultation_id) }}
      />
    );
  }
  if (next?.state === 'arrived') {
    return (
      <NextWaiting
        entry={next}
        count={groups.waiting.filter((entry) => entry.consultation_id !== exceptId).length}
        to={hrefOf(next.consultation_id)}
        aheadMs={aheadMs}
      />
    );
  }
  if (next) {
    return (
      <Said
        icon={IconCoffee}
        title={text('next.nobody')}
        detail={text(chime ? 'next.planned' : 'next.plannedSilent', {
          name: next.patient_name,
          time: format.time(next.scheduled_start),
        })}
      />
    );
  }
  return (
    <Said
      icon={booked ? IconCalendarCheck : IconCoffee}
      title={text(booked ? 'next.done' : 'next.empty')}
      detail={text(booked ? 'next.doneDetail' : 'next.emptyDetail')}
    />
  );
}

interface NextWaitingProps {
  entry: QueueEntry;
  count: number;
  to: string;
  aheadMs: number;
}

function NextWaiting({ entry, count, to, aheadMs }: NextWaitingProps) {
  const text = useQueueText();
  const waited = useWaited();
  const name = entry.patient_name;
  const since = Date.parse(entry.arrived_at ?? entry.scheduled_start) - aheadMs;
  const minutes = minutesSince(since, useNow(5_000));
  return (
    <Said
      icon={IconUsers}
      title={text('next.waiting', { count })}
      detail={
        minutes < 1
          ? text('next.justCame', { name })
          : text('next.nextWaiting', { name, waited: waited(minutes) })
      }
      action={{ label: text('next.open', { name }), to }}
    />
  );
}

interface SaidProps {
  icon: Icon;
  title: string;
  detail: string;
  action?: { label: string; to: string };
}

function Said({ icon: Mark, title, detail, action }: SaidProps) {
  return (
    <>
      <span className={classes.mark} aria-hidden>
        <Mark size={28} stroke={1.75} />
      </span>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.detail}>{detail}</p>
      {action && (
        <Button component={Link} to={action.to} className={classes.action}>
          {action.label}
        </Button>
      )}
    </>
  );
}
