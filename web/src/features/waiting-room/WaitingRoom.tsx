import { Button } from '@mantine/core';
import {
  IconBell,
  IconClipboardText,
  IconDeviceMobile,
  IconDoorExit,
  IconListDetails,
  IconMessage,
  IconPhone,
  IconStethoscope,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { WaitingView } from '../../protocol/signaling';
import { keepScreenLit, type Connection } from '../../shared/live';
import { Avatar, ConfirmDialog, StatusPill } from '../../shared/ui';
import { useWaitingText } from './strings';
import { waitingWords, type Planned } from './waitingWords';
import classes from './WaitingRoom.module.css';

export interface WaitingRoomProps {
  doctor: { name: string; title: string; specialty: string };
  /** The place; null until it is known. */
  waiting: WaitingView | null;
  planned: Planned;
  connection: Connection;
  /** The own picture, small. */
  mirror: ReactNode;
  camera: { on: boolean; onToggle: () => void };
  /** The chat's button; left out where the chat is on the screen anyway. */
  chat?: { unread: number; onOpen: () => void } | undefined;
  /** What somebody in need of help at once must not overlook, and the way to say that it got worse. */
  urgent?: ReactNode;
  worse?: ReactNode;
  /** Gives up the place; rejects when it could not. */
  onStepOut: () => Promise<void>;
  emergencyNumber: string;
}

const meanwhile = [
  { key: 'papers', icon: IconClipboardText },
  { key: 'questions', icon: IconListDetails },
  { key: 'stay', icon: IconDeviceMobile },
] as const;

/** Waiting, honestly: for whom, which place, how long, and that the page is alive. */
export function WaitingRoom({
  doctor,
  waiting,
  planned,
  connection,
  mirror,
  camera,
  chat,
  urgent,
  worse,
  onStepOut,
  emergencyNumber,
}: WaitingRoomProps) {
  const text = useWaitingText();
  const [leaving, setLeaving] = useState(false);
  const { place, wait, note } = waitingWords(text, waiting, planned);
  const alive = connection.status === 'online';
  // A phone that falls asleep loses the connection, and with it the bell.
  useEffect(() => keepScreenLit(), []);

  return (
    <div className={classes.root}>
      {urgent}
      <section className={classes.card} aria-label={text('doctor.label')}>
        <div className={classes.face} data-alive={alive}>
          <span className={classes.ring} aria-hidden />
          <span className={classes.ring} aria-hidden />
          <Avatar name={doctor.name} size={96} />
        </div>
        <p className={classes.name}>{doctor.name}</p>
        <p className={classes.title}>
          {doctor.title} · {doctor.specialty}
        </p>
        <p className={classes.presence}>
          {waiting && (
            <StatusPill icon={IconStethoscope} tone={waiting.doctor_present ? 'good' : 'neutral'}>
              {text(waiting.doctor_present ? 'doctor.here' : 'doctor.away')}
            </StatusPill>
          )}
        </p>
        <div className={classes.place} role="status">
          <h1 className={classes.before} tabIndex={-1}>
            {place}
          </h1>
          <p className={classes.wait}>{wait}</p>
          {note !== undefined && <p className={classes.note}>{note}</p>}
        </div>
        <Alive connection={connection} />
      </section>

      {worse}

      <p className={classes.opens}>
        <IconBell size={24} stroke={1.75} aria-hidden />
        {text('opens')}
      </p>

      {chat && (
        <Button
          variant="default"
          fullWidth
          leftSection={<IconMessage size={22} aria-hidden />}
          onClick={chat.onOpen}
        >
          {text('chat.open')}
          {chat.unread > 0 && (
            <span className={classes.unread}>{text('chat.unread', { count: chat.unread })}</span>
          )}
        </Button>
      )}

      <div className={classes.self}>
        <div className={classes.mirror}>{mirror}</div>
        <div className={classes.selfWords}>
          <p>{text('self')}</p>
          <Button
            variant="subtle"
            className={classes.toggle}
            leftSection={
              camera.on ? (
                <IconVideoOff size={20} aria-hidden />
              ) : (
                <IconVideo size={20} aria-hidden />
              )
            }
            onClick={camera.onToggle}
          >
            {text(camera.on ? 'camera.off' : 'camera.on')}
          </Button>
        </div>
      </div>

      <section aria-labelledby="meanwhile">
        <h2 id="meanwhile" className={classes.heading}>
          {text('meanwhile.title')}
        </h2>
        <ul className={classes.meanwhile}>
          {meanwhile.map(({ key, icon: Mark }) => (
            <li key={key}>
              <Mark size={22} stroke={1.75} aria-hidden />
              <span>{text(`meanwhile.${key}`)}</span>
            </li>
          ))}
        </ul>
      </section>

      {emergencyNumber === '' ? (
        <p className={classes.emergency}>
          <IconPhone size={20} stroke={1.75} aria-hidden />
          {text('emergencyAbroad')}
        </p>
      ) : (
        <a className={classes.emergency} href={`tel:${emergencyNumber}`}>
          <IconPhone size={20} stroke={1.75} aria-hidden />
          {text('emergency', { number: emergencyNumber })}
        </a>
      )}

      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconDoorExit size={20} aria-hidden />}
        onClick={() => setLeaving(true)}
      >
        {text('stepOut.open')}
      </Button>
      <ConfirmDialog
        opened={leaving}
        title={text('stepOut.title')}
        confirmLabel={text('stepOut.confirm')}
        onConfirm={onStepOut}
        onClose={() => setLeaving(false)}
      >
        {text('stepOut.what')}
      </ConfirmDialog>
    </div>
  );
}

function Alive({ connection }: { connection: Connection }) {
  const text = useWaitingText();
  const { status } = connection;
  const said =
    status === 'online' || status === 'reconnecting' || status === 'offline'
      ? status
      : 'connecting';
  return (
    <p className={classes.alive} data-status={said} role="status">
      <span className={classes.dot} aria-hidden />
      {text(`alive.${said}`)}
    </p>
  );
}
