import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconClock,
  IconEraser,
  IconRosetteDiscountCheck,
} from '@tabler/icons-react';
import type { Unreadable } from '../../protocol/signaling';
import { useErrorDescription } from '../../shared/http';
import type { ConsultationRoom, PendingMessage } from '../../shared/live';
import classes from './Message.module.css';
import { useChatText } from './strings';

interface BubbleProps {
  mine: boolean;
  /** Who speaks; left out where the same person goes on. */
  name?: string | undefined;
  text: string;
  children: React.ReactNode;
}

function Bubble({ mine, name, text, children }: BubbleProps) {
  return (
    <div className={classes.root} data-mine={mine}>
      {name !== undefined && <span className={classes.name}>{name}</span>}
      <p className={classes.bubble} dir="auto">
        {text}
      </p>
      {children}
    </div>
  );
}

export interface KeptMessageProps extends Omit<BubbleProps, 'children'> {
  at: string;
  time: string;
}

/** A message that the record has. One's own carries the seal that says so. */
export function KeptMessage({ at, time, ...bubble }: KeptMessageProps) {
  return (
    <Bubble {...bubble}>
      <Foot mine={bubble.mine} at={at} time={time} />
    </Bubble>
  );
}

export interface UnreadableMessageProps extends Omit<KeptMessageProps, 'text'> {
  what: 'message' | 'file';
  why: Unreadable;
}

/** A message or a file of the record that nobody can read any more, and why. It carries no seal. */
export function UnreadableMessage({ what, why, mine, name, at, time }: UnreadableMessageProps) {
  const text = useChatText();
  const Mark = why === 'destroyed' ? IconEraser : IconAlertTriangle;
  return (
    <div className={classes.root} data-mine={mine} data-unreadable={why}>
      {name !== undefined && <span className={classes.name}>{name}</span>}
      <p className={classes.unreadable}>
        <Mark size={18} stroke={1.75} aria-hidden />
        <span>{text(`unreadable.${what}.${why}`)}</span>
      </p>
      <Foot mine={false} at={at} time={time} />
    </div>
  );
}

/** When it was kept, and the seal of one's own. */
export function Foot({ mine, at, time }: Pick<KeptMessageProps, 'mine' | 'at' | 'time'>) {
  const text = useChatText();
  return (
    <span className={classes.foot}>
      <time className="tv-tabular" dateTime={at}>
        {time}
      </time>
      {mine && (
        <span className={classes.kept} title={text('state.keptLong')}>
          <IconRosetteDiscountCheck size={16} stroke={1.75} aria-hidden />
          {text('state.kept')}
        </span>
      )}
    </span>
  );
}

export interface PendingProps {
  message: PendingMessage;
  name?: string | undefined;
  online: boolean;
  room: ConsultationRoom;
}

/** A message on its way, or one that could not be sent and waits for a decision. */
export function Pending({ message, name, online, room }: PendingProps) {
  const text = useChatText();
  const failed = message.state === 'failed';
  return (
    <Bubble mine name={name} text={message.text}>
      {failed ? (
        <Failed message={message} room={room} />
      ) : (
        <span className={classes.foot}>
          <IconClock size={16} stroke={1.75} aria-hidden />
          {text(online ? 'state.sending' : 'state.waiting')}
        </span>
      )}
    </Bubble>
  );
}

function Failed({ message, room }: Pick<PendingProps, 'message' | 'room'>) {
  const text = useChatText();
  const { what } = useErrorDescription(message.error);
  return (
    <div className={classes.failed}>
      <span className={classes.foot} data-failed role="alert">
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
        {text('state.failed')}
        <span className={classes.reason}>{what}</span>
      </span>
      <span className={classes.actions}>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => room.retryMessage(message.message_id)}
        >
          {text('retry')}
        </Button>
        <Button
          variant="subtle"
          color="bad"
          size="compact-sm"
          onClick={() => room.discardMessage(message.message_id)}
        >
          {text('discard')}
        </Button>
      </span>
    </div>
  );
}
