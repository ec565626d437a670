import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconMicrophone, IconMicrophoneOff, IconVideo } from '@tabler/icons-react';
import { Timecode } from '../../shared/ui';
import classes from './CallBar.module.css';
import { usePaneText } from './strings';

export interface CallBarProps {
  name: string;
  /** When the call began, by this device's clock. */
  since: Date;
  /** Whether the patient is in the call now. */
  present: boolean;
  muted: boolean;
  unread: number;
  onMute: (muted: boolean) => void;
  onReturn: () => void;
}

/** The call that goes on while another page is looked at: with whom, how long, and the way back. */
export function CallBar({ name, since, present, muted, unread, onMute, onReturn }: CallBarProps) {
  const text = usePaneText();
  const muteLabel = text(muted ? 'bar.unmute' : 'bar.mute');
  return (
    <section className={classes.root} aria-label={text('bar.label')}>
      <IconVideo className={classes.mark} size={20} stroke={2} aria-hidden />
      <p className={classes.words}>
        <span className={classes.with}>{text('bar.with', { name })}</span>
        <span className={classes.time}>
          <Timecode since={since} />
        </span>
        {!present && <span className={classes.aside}>{text('bar.away')}</span>}
        {unread > 0 && (
          <span className={classes.aside} role="status">
            {text('bar.unread', { count: unread })}
          </span>
        )}
      </p>
      <Tooltip label={muteLabel} withArrow>
        <ActionIcon
          className={classes.mute ?? ''}
          aria-label={muteLabel}
          data-muted={muted}
          onClick={() => onMute(!muted)}
        >
          {muted ? <IconMicrophoneOff size={20} /> : <IconMicrophone size={20} />}
        </ActionIcon>
      </Tooltip>
      <Button className={classes.back} onClick={onReturn}>
        {text('bar.back')}
      </Button>
    </section>
  );
}
