import { ActionIcon, Button } from '@mantine/core';
import { IconWifi, IconWifiOff, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { RoomHandle } from '../../shared/live';
import { nameOf } from './stageView';
import { useCallText } from './strings';
import { weaknessOf, type Weakness } from './weakness';
import classes from './WeakNotice.module.css';

/** Says that the connection is weak and what helps, for as long as it is, unless it was put away. */
export function WeakNotice({ visit }: { visit: RoomHandle }) {
  const text = useCallText();
  const { room, state, link, devices, media } = visit;
  const weakness = weaknessOf(link, room.kind === 'doctor');
  const [hidden, setHidden] = useState<Weakness | null>(null);
  // What was put away comes again when it was well in between.
  if (weakness === null && hidden !== null) setHidden(null);
  const name = nameOf(state.other, text(`role.${room.kind === 'doctor' ? 'patient' : 'doctor'}`));
  const films = devices.camera.on && devices.camera.track !== null;
  const Mark = weakness === 'lost' ? IconWifiOff : IconWifi;
  const helps = weakness === 'mine' || weakness === 'either';
  return (
    <div className={classes.root} role="status" data-weakness={weakness ?? ''}>
      {weakness !== null && weakness !== hidden && (
        <div className={classes.notice}>
          <Mark className={classes.mark} size={20} aria-hidden />
          <p className={classes.what}>
            <b>{text(`weak.${weakness}.what`, { name })}</b>{' '}
            {text(helps && !films ? `weak.${weakness}.soundOnly` : `weak.${weakness}.do`, { name })}
          </p>
          {helps && films && (
            <Button
              variant="default"
              size="compact-sm"
              className={classes.press ?? ''}
              onClick={() => void media.setCamera(false)}
            >
              {text('weak.cameraOff')}
            </Button>
          )}
          <ActionIcon
            className={classes.hide ?? ''}
            aria-label={text('notice.hide')}
            onClick={() => setHidden(weakness)}
          >
            <IconX size={18} aria-hidden />
          </ActionIcon>
        </div>
      )}
    </div>
  );
}
