import { IconClock, IconUsers, IconVideo } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { QueueEntry } from '../../protocol/signaling';
import { useFormat } from '../../shared/i18n';
import { RedFlags } from '../../shared/safety';
import { Timecode } from '../../shared/ui';
import { PresenceMark } from './PresenceMark';
import { minutesSince, type QueueGroup } from './queue';
import classes from './QueueRow.module.css';
import { useQueueText } from './strings';
import { useNow } from './useNow';
import { useWaited, Waited } from './Waited';

export interface QueueRowProps {
  entry: QueueEntry;
  group: QueueGroup;
  to: string;
  /** The visit in the centre of the page. */
  selected: boolean;
  hospitalZone: string | undefined;
  /** How far the hospital's clock is ahead of this device's. */
  aheadMs: number;
}

/** One visit of the day: who, since when or when, and whether the patient can be admitted. */
export function QueueRow({ entry, group, to, selected, hospitalZone, aheadMs }: QueueRowProps) {
  const text = useQueueText();
  const format = useFormat(hospitalZone);
  const local = (moment: string) => Date.parse(moment) - aheadMs;
  const booked = format.time(entry.scheduled_start);

  return (
    <Link
      to={to}
      className={classes.root}
      data-group={group}
      data-queue-row
      aria-current={selected ? 'page' : undefined}
    >
      <span className={classes.name}>{entry.patient_name}</span>
      {group !== 'finished' && entry.with_guardian && (
        <span className={classes.guardian}>
          <IconUsers size={15} stroke={2} aria-hidden />
          {text('withGuardian')}
        </span>
      )}
      {group !== 'finished' && entry.red_flags.length > 0 && (
        <span className={classes.flags}>
          <RedFlags flags={entry.red_flags} />
        </span>
      )}
      {group === 'waiting' && (
        <>
          <span className={classes.moment} data-tone="amber">
            <span className="tv-visually-hidden">{text('waited.label')} </span>
            <Waited since={local(entry.arrived_at ?? entry.scheduled_start)} />
          </span>
          <span className={classes.second}>
            <PresenceMark presence={entry.presence} />
            <span>{text('booked', { time: booked })}</span>
          </span>
        </>
      )}
      {group === 'inCall' && (
        <>
          <span className={classes.moment} data-tone="brand">
            <IconVideo size={15} stroke={2} aria-hidden />
            <Timecode since={new Date(local(entry.admitted_at ?? entry.scheduled_start))} />
          </span>
          <span className={classes.second}>
            <PresenceMark presence={entry.presence} inCall />
            <span>{text('booked', { time: booked })}</span>
          </span>
        </>
      )}
      {group === 'planned' && (
        <>
          <span className={classes.moment}>{booked}</span>
          <Late since={local(entry.scheduled_start)} />
        </>
      )}
      {group === 'finished' && (
        <span className={classes.moment}>
          {text('ended', { time: format.time(entry.ended_at ?? entry.scheduled_end) })}
        </span>
      )}
    </Link>
  );
}

/** Says when somebody who has not come is late; nothing before that. */
function Late({ since }: { since: number }) {
  const text = useQueueText();
  const waited = useWaited();
  const minutes = minutesSince(since, useNow(15_000));
  if (minutes < 1) return null;
  return (
    <span className={classes.second}>
      <span className={classes.late}>
        <IconClock size={15} stroke={2} aria-hidden />
        {text('late', { length: waited(minutes) })}
      </span>
    </span>
  );
}
