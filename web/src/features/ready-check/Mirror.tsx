import { Button } from '@mantine/core';
import { IconVideo, IconVideoOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { LocalMedia, MediaState } from '../../shared/live';
import classes from './Mirror.module.css';
import { useReadyText } from './strings';

/** Draws the own camera; the call has the one that everybody uses. */
export type DrawMirror = (props: {
  track: MediaStreamTrack | null;
  label: string;
  className: string | undefined;
  mirrored: boolean;
}) => ReactNode;

export interface MirrorProps {
  media: LocalMedia;
  devices: MediaState;
  draw: DrawMirror;
  /** The small one stands beside other things, and says less. */
  small?: boolean;
}

/** The own picture, as in a mirror, with its place kept and its reason told while there is none. */
export function Mirror({ media, devices, draw, small = false }: MirrorProps) {
  const text = useReadyText();
  const { camera, microphone, status } = devices;
  const label = text('mirror.label');

  const absent = () => {
    if (status === 'asking') return text('mirror.asking');
    if (!camera.on) return text('mirror.off');
    if (camera.problem) return text(microphone.problem ? 'mirror.neither' : 'mirror.none');
    return text('mirror.idle');
  };

  return (
    <div className={classes.frame} data-small={small} data-absent={camera.problem !== null}>
      {draw({
        track: camera.track,
        label,
        className: classes.picture,
        mirrored: devices.facing === 'user',
      })}
      {!camera.track && (
        <div className={classes.absent}>
          <IconVideoOff size={small ? 24 : 36} stroke={1.5} aria-hidden />
          <p>{absent()}</p>
          {status === 'idle' && !small && (
            <Button
              leftSection={<IconVideo size={20} aria-hidden />}
              onClick={() => void media.acquire()}
            >
              {text('start')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
