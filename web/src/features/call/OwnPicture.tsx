import { IconMicrophoneOff, IconVideoOff } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { MediaState } from '../../shared/live';
import { CameraMirror } from './CameraMirror';
import classes from './OwnPicture.module.css';
import { useCallText } from './strings';

type Corner = 'top_left' | 'top_right' | 'bottom_left' | 'bottom_right';

function moved(corner: Corner, key: string): Corner | undefined {
  const [vertical, horizontal] = corner.split('_');
  switch (key) {
    case 'ArrowUp':
      return `top_${horizontal}` as Corner;
    case 'ArrowDown':
      return `bottom_${horizontal}` as Corner;
    case 'ArrowLeft':
      return `${vertical}_left` as Corner;
    case 'ArrowRight':
      return `${vertical}_right` as Corner;
    default:
      return undefined;
  }
}

interface Drag {
  startX: number;
  startY: number;
  dx: number;
  dy: number;
}

/**
 * The own picture in a corner of the stage. Dragged or moved by arrow keys to another corner. `small`: among
 * several pictures on a low stage it takes a part of the height only.
 */
export function OwnPicture({ devices, small }: { devices: MediaState; small: boolean }) {
  const text = useCallText();
  const [corner, setCorner] = useState<Corner>('top_right');
  const [drag, setDrag] = useState<Drag | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { camera, microphone, facing } = devices;

  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(corner, event.key);
    if (!next) return;
    event.preventDefault();
    setCorner(next);
  };

  const onPointerDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ startX: event.clientX, startY: event.clientY, dx: 0, dy: 0 });
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag)
      setDrag({ ...drag, dx: event.clientX - drag.startX, dy: event.clientY - drag.startY });
  };
  const onPointerUp = () => {
    const own = frame.current?.getBoundingClientRect();
    const stage = frame.current?.parentElement?.getBoundingClientRect();
    if (own && stage && drag && Math.hypot(drag.dx, drag.dy) > 8) {
      const vertical = own.top + own.height / 2 < stage.top + stage.height / 2 ? 'top' : 'bottom';
      const horizontal = own.left + own.width / 2 < stage.left + stage.width / 2 ? 'left' : 'right';
      setCorner(`${vertical}_${horizontal}`);
    }
    setDrag(null);
  };

  return (
    <div
      ref={frame}
      className={classes.root}
      data-corner={corner}
      data-small={small}
      data-dragged={drag !== null}
      style={drag ? { transform: `translate(${drag.dx}px, ${drag.dy}px)` } : undefined}
      role="group"
      tabIndex={0}
      aria-label={text('own.place', { corner: text(`own.corner.${corner}`) })}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setDrag(null)}
    >
      {camera.track ? (
        <CameraMirror
          track={camera.track}
          label={text('own.label')}
          className={classes.picture}
          mirrored={facing === 'user'}
        />
      ) : (
        <span className={classes.off}>
          <IconVideoOff size={20} aria-hidden />
          {text('own.cameraOff')}
        </span>
      )}
      {!(microphone.on && microphone.track) && (
        <span className={classes.muted}>
          <IconMicrophoneOff size={16} aria-hidden />
          {text('own.muted')}
        </span>
      )}
    </div>
  );
}
