import { UnstyledButton } from '@mantine/core';
import { IconPhoneOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { RoomHandle } from '../../shared/live';
import { ConfirmDialog } from '../../shared/ui';
import classes from './EndControl.module.css';
import { nameOf } from './stageView';
import { useCallText } from './strings';

/**
 * The way out. A patient leaves the call and may come back, so nothing is asked; leaving the waiting
 * room costs the place, and ending the visit is for good, so those ask once.
 */
export function EndControl({
  visit,
  onHangUp,
}: {
  visit: RoomHandle;
  onHangUp?: (() => Promise<unknown>) | undefined;
}) {
  const text = useCallText();
  const [asking, setAsking] = useState(false);
  const { room, state } = visit;
  const running = state.consultation?.state === 'in-progress';
  const ends = room.kind === 'doctor' && running;
  const asks = ends || onHangUp !== undefined || (room.kind === 'patient' && !running);
  const words = ends ? 'end' : onHangUp ? 'hangUp' : 'giveUp';
  const label = text(ends ? 'control.end' : 'control.leave');
  const name = nameOf(state.other, text('role.patient'));

  return (
    <>
      <UnstyledButton
        className={classes.end}
        onClick={() => {
          if (asks) setAsking(true);
          else void room.leave();
        }}
      >
        <IconPhoneOff size={22} stroke={1.75} aria-hidden />
        {label}
      </UnstyledButton>
      <ConfirmDialog
        opened={asking}
        title={text(`${words}.title`)}
        confirmLabel={text(`${words}.confirm`)}
        onConfirm={async () => {
          if (onHangUp) await onHangUp();
          else await (ends ? room.finish() : room.leave());
        }}
        onClose={() => setAsking(false)}
      >
        {text(`${words}.body`, { name })}
      </ConfirmDialog>
    </>
  );
}
