import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconMicrophone,
  IconMicrophoneOff,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { DeviceKind, LocalMedia, MediaState } from '../../shared/live';
import { LevelMeter } from '../../shared/ui';
import classes from './DevicePanel.module.css';
import { usePaneText } from './strings';

export interface DevicePanelProps {
  devices: MediaState;
  media: LocalMedia;
  /** How loud the microphone is, 0 to 1. */
  level: number;
  /** The own picture; stands only while there is one. */
  mirror: ReactNode;
}

/** The doctor's own camera and microphone before the call, so that nothing is wrong once it begins. */
export function DevicePanel({ devices, media, level, mirror }: DevicePanelProps) {
  const text = usePaneText();
  const { microphone, camera, status } = devices;
  // Who cannot be heard is not offered to be silenced; pressing tries the device again.
  const speaks = microphone.on && microphone.problem === null;
  const films = camera.on && camera.problem === null;
  return (
    <section className={classes.root} aria-label={text('devices.title')}>
      <div className={classes.picture}>
        {camera.track ? (
          mirror
        ) : (
          <p className={classes.dark}>
            <IconVideoOff size={24} stroke={1.75} aria-hidden />
            {!camera.on && text('devices.cameraOff')}
            {camera.on && status === 'ready' && text('devices.noPicture')}
          </p>
        )}
      </div>
      <div className={classes.side}>
        <h3 className={classes.title}>{text('devices.title')}</h3>
        <LevelMeter level={microphone.on ? level : 0} label={text('devices.level')} />
        <div className={classes.buttons}>
          <Button
            variant="default"
            px="sm"
            leftSection={speaks ? <IconMicrophone size={18} /> : <IconMicrophoneOff size={18} />}
            onClick={() => void media.setMicrophone(!speaks)}
          >
            {text(speaks ? 'devices.mute' : 'devices.unmute')}
          </Button>
          <Button
            variant="default"
            px="sm"
            leftSection={films ? <IconVideo size={18} /> : <IconVideoOff size={18} />}
            onClick={() => void media.setCamera(!films)}
          >
            {text(films ? 'devices.stopCamera' : 'devices.startCamera')}
          </Button>
        </div>
        <Verdict devices={devices} media={media} />
      </div>
    </section>
  );
}

/** Whether the patient will hear and see the doctor; where not, why, and what to press. */
function Verdict({ devices, media }: Pick<DevicePanelProps, 'devices' | 'media'>) {
  const text = usePaneText();
  const { microphone, camera, status } = devices;
  // One at a time, the voice first: it matters more, and both often have one cause.
  const broken = (['microphone', 'camera'] as const).find(
    (kind) => devices[kind].on && devices[kind].problem !== null,
  );
  if (broken !== undefined) {
    return (
      <Problem
        devices={devices}
        kind={broken}
        onRetry={() => void media.retry(broken)}
        retry={text('devices.retry')}
      />
    );
  }
  if (status !== 'ready') return <p className={classes.verdict}>{text('devices.asking')}</p>;
  if (!microphone.on || !camera.on) {
    const off = microphone.on ? 'camera' : camera.on ? 'microphone' : 'both';
    return (
      <p className={classes.verdict} role="status">
        {text(`devices.off.${off}`)}
      </p>
    );
  }
  return (
    <p className={classes.verdict} role="status">
      <IconCircleCheck className={classes.good ?? ''} size={18} aria-hidden />
      <span>{text('devices.good')}</span>
    </p>
  );
}

interface ProblemProps {
  devices: MediaState;
  kind: DeviceKind;
  retry: string;
  onRetry: () => void;
}

function Problem({ devices, kind, retry, onRetry }: ProblemProps) {
  const text = usePaneText();
  const { problem } = devices[kind];
  if (problem === null) return null;
  return (
    <div className={classes.problem} role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <p>{text(`devices.${kind}.${problem}`)}</p>
      {problem !== 'unsupported' && (
        <Button size="compact-sm" variant="default" onClick={onRetry}>
          {retry}
        </Button>
      )}
    </div>
  );
}
