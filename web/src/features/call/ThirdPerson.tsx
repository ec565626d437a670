import { UnstyledButton } from '@mantine/core';
import { IconMicrophoneOff, IconUserX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Participant } from '../../protocol/signaling';
import type { RoomHandle } from '../../shared/live';
import { Avatar, ConfirmDialog, QualityBars, Timecode, type Quality } from '../../shared/ui';
import { PictureFrame } from './PictureFrame';
import { thirdView } from './stageView';
import { useCallText } from './strings';
import classes from './ThirdPerson.module.css';

export interface NameTagProps {
  name: string;
  muted: boolean;
  quality?: Quality | null | undefined;
}

/** Whose picture it is, where there is more than one; and that the connection is weak, if it is. */
export function NameTag({ name, muted, quality }: NameTagProps) {
  const text = useCallText();
  return (
    <span className={classes.tag}>
      {muted && <IconMicrophoneOff size={16} role="img" aria-label={text('three.muted')} />}
      <span className={classes.name}>{name}</span>
      {(quality === 'poor' || quality === 'lost') && <QualityBars quality={quality} />}
    </span>
  );
}

/** Counts from when it is first shown. */
function Elapsed() {
  const [since] = useState(() => new Date());
  return <Timecode since={since} />;
}

export interface ThirdPersonProps {
  visit: RoomHandle;
  third: Participant;
  onRemove?: (() => Promise<unknown>) | undefined;
}

/** The third person: the guest to both sides, the patient to the guest. As large as the other one. */
export function ThirdPerson({ visit, third, onRemove }: ThirdPersonProps) {
  const text = useCallText();
  const [asking, setAsking] = useState(false);
  const name = third.display_name;
  const view = thirdView(third, visit.link);
  const held = view === 'reconnecting' && third.camera;
  return (
    <div className={classes.root} data-third={view}>
      <PictureFrame
        fitted
        peer={visit.peer}
        of="third"
        speaker={visit.devices.speaker}
        visible={view === 'picture' || held}
        held={held}
        label={name}
        hearLabel={text('hear', { name })}
      >
        <NameTag
          name={name}
          muted={third.presence === 'here' && !third.microphone}
          quality={visit.link.thirdQuality}
        />
        {onRemove && (
          <>
            <UnstyledButton
              className={classes.remove}
              aria-label={text('three.remove', { name })}
              title={text('three.remove', { name })}
              onClick={() => setAsking(true)}
            >
              <IconUserX size={22} stroke={1.75} aria-hidden />
            </UnstyledButton>
            <ConfirmDialog
              opened={asking}
              title={text('remove.title', { name })}
              confirmLabel={text('remove.confirm')}
              onConfirm={async () => {
                await onRemove();
              }}
              onClose={() => setAsking(false)}
            >
              {text('remove.body', { name })}
            </ConfirmDialog>
          </>
        )}
      </PictureFrame>
      {view !== 'picture' && (
        <div className={classes.without}>
          <Avatar name={name} size={72} />
          <p role="status">{text(`three.${view}`, { name })}</p>
          {view === 'reconnecting' && <Elapsed />}
        </div>
      )}
    </div>
  );
}
