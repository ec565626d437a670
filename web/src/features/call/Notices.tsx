import { ActionIcon, Button } from '@mantine/core';
import { IconInfoCircle, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { DeviceKind, LocalMedia, MediaState } from '../../shared/live';
import classes from './Notices.module.css';
import { useCallText, type CallText } from './strings';

interface Notice {
  key: string;
  what: string;
  /** The device that may be tried again. */
  retry: DeviceKind | null;
}

const kinds = ['microphone', 'camera'] as const;

/** What the person should know about their own devices, the more serious first. */
function noticesOf(devices: MediaState, text: CallText): Notice[] {
  const { microphone, camera } = devices;
  if (microphone.on && camera.on && microphone.problem && microphone.problem === camera.problem) {
    const hopeless = microphone.problem === 'missing' || microphone.problem === 'unsupported';
    if (hopeless)
      return [{ key: `both.${microphone.problem}`, what: text('notice.both'), retry: null }];
  }
  return kinds.flatMap((kind): Notice[] => {
    const { on, problem, interrupted } = devices[kind];
    if (!on) return [];
    if (problem) {
      const retry = problem === 'unsupported' ? null : kind;
      return [{ key: `${kind}.${problem}`, what: text(`notice.${kind}.${problem}`), retry }];
    }
    if (interrupted) {
      const what = text(`notice.interrupted.${kind}`);
      return [{ key: `${kind}.interrupted`, what, retry: null }];
    }
    return [];
  });
}

export function Notices({ devices, media }: { devices: MediaState; media: LocalMedia }) {
  const text = useCallText();
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const notices = noticesOf(devices, text).filter(({ key }) => !hidden.includes(key));
  return (
    <div className={classes.root} role="status">
      {notices.map(({ key, what, retry }) => (
        <div key={key} className={classes.notice}>
          <IconInfoCircle className={classes.mark} size={20} aria-hidden />
          <p className={classes.what}>{what}</p>
          {retry && (
            <Button
              variant="default"
              size="compact-md"
              className={classes.retry}
              onClick={() => void media.retry(retry)}
            >
              {text('notice.retry')}
            </Button>
          )}
          <ActionIcon aria-label={text('notice.hide')} onClick={() => setHidden([...hidden, key])}>
            <IconX size={18} aria-hidden />
          </ActionIcon>
        </div>
      ))}
    </div>
  );
}
