import {
  IconBrowser,
  IconBrowserX,
  IconBuildingHospital,
  IconCalendarPlus,
  IconCircleCheck,
  IconDevices,
  IconDoorEnter,
  IconDoorExit,
  IconFileText,
  IconLock,
  IconPlugConnectedX,
  IconUserCheck,
  IconUserMinus,
  IconUserPlus,
  IconUserX,
  type Icon,
} from '@tabler/icons-react';
import type { EntryView, Participant } from '../../protocol/signaling';
import { useFormat } from '../../shared/i18n';
import classes from './RecordEvents.module.css';
import { recordEvents, type Happening } from './recordWords';
import { usePaneText } from './strings';

const icons: Record<Happening, Icon> = {
  arrived: IconUserCheck,
  steppedOut: IconDoorExit,
  admitted: IconCircleCheck,
  joined: IconDoorEnter,
  left: IconDoorExit,
  opened: IconBrowser,
  closed: IconBrowserX,
  lost: IconPlugConnectedX,
  media: IconDevices,
  diagnosis: IconFileText,
  followUp: IconCalendarPlus,
  guestInvited: IconUserPlus,
  guestWithdrawn: IconUserMinus,
  guestJoined: IconUserCheck,
  guestLeft: IconUserX,
  guestMedia: IconDevices,
  unsuitable: IconBuildingHospital,
  finished: IconLock,
};

const reasons = ['damaged', 'destroyed'] as const;

export interface RecordEventsProps {
  entries: readonly EntryView[];
  people: readonly (Participant | null)[];
  hospitalZone: string | undefined;
}

/** What the record says happened, in its order; what was said is in the chat. */
export function RecordEvents({ entries, people, hospitalZone }: RecordEventsProps) {
  const text = usePaneText();
  const format = useFormat(hospitalZone);
  const events = recordEvents(entries);
  const messages = entries.filter(({ kind }) => kind === 'chat').length;
  const nameOf = (id: string | null) =>
    people.find((person) => person !== null && person.account_id === id)?.display_name ??
    text('record.somebody');

  if (entries.length === 0) return <p className={classes.none}>{text('record.none')}</p>;
  return (
    <>
      <ol className={classes.root}>
        {events.map(({ seq, at, happening, authorId, devices, about = '' }) => {
          const Mark = icons[happening];
          return (
            <li key={seq} className={classes.event}>
              <time className={classes.time} dateTime={at}>
                {format.time(at)}
              </time>
              <Mark className={classes.mark} size={16} stroke={1.75} aria-hidden />
              <span>
                {text(`record.${happening}`, { name: nameOf(authorId), about })}
                {devices && (
                  <span className={classes.devices}>
                    {text('record.devices', {
                      microphone: text(devices.microphone ? 'record.on' : 'record.off'),
                      camera: text(devices.camera ? 'record.on' : 'record.off'),
                    })}
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ol>
      {messages > 0 && (
        <p className={classes.none}>{text('record.messages', { count: messages })}</p>
      )}
      {reasons.map((why) => {
        const count = entries.filter(({ unreadable }) => unreadable === why).length;
        return (
          count > 0 && (
            <p key={why} className={classes.none} data-unreadable={why}>
              {text(`record.${why}`, { count })}
            </p>
          )
        );
      })}
    </>
  );
}
