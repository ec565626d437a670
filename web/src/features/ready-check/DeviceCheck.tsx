import { Button, NativeSelect } from '@mantine/core';
import { IconCamera, IconMicrophone } from '@tabler/icons-react';
import { useState } from 'react';
import {
  useMicrophoneLevel,
  type DeviceChoice,
  type DeviceState,
  type LocalMedia,
  type MediaState,
} from '../../shared/live';
import { LevelMeter } from '../../shared/ui';
import { CheckLine, type CheckState } from './CheckLine';
import classes from './DeviceCheck.module.css';
import { NetworkLine } from './NetworkLine';
import type { Probe } from './networkSpeed';
import { SpeakerLine } from './SpeakerLine';
import { useReadyText } from './strings';

export interface DeviceCheckProps {
  media: LocalMedia;
  devices: MediaState;
  /** For tests: another way to ask the hospital. */
  probe?: Probe;
}

/** The list: camera, microphone, speaker, network, each with its state in words and what to do. */
export function DeviceCheck({ media, devices, probe }: DeviceCheckProps) {
  const text = useReadyText();
  const { camera, microphone } = devices;
  const bothDenied = camera.problem === 'denied' && microphone.problem === 'denied';
  const retryBoth = () => {
    void media.retry('microphone');
    void media.retry('camera');
  };

  return (
    <section className={classes.root}>
      {bothDenied && (
        <div className={classes.notice} role="alert">
          <p>{text('help.bothDenied')}</p>
          <Button variant="default" onClick={retryBoth}>
            {text('tryAgain')}
          </Button>
        </div>
      )}
      <ul className={classes.list} aria-label={text('list')}>
        <CameraLine media={media} devices={devices} withHelp={!bothDenied} />
        <MicrophoneLine media={media} devices={devices} withHelp={!bothDenied} />
        <SpeakerLine media={media} devices={devices} />
        <NetworkLine probe={probe} />
      </ul>
    </section>
  );
}

interface LineProps {
  media: LocalMedia;
  devices: MediaState;
  /** False where one explanation above says it for both. */
  withHelp: boolean;
}

type Plain = 'asking' | 'off' | 'waiting' | 'interrupted' | 'good';

/** How a device is when it has no problem. */
function plainState({ on, track, interrupted }: DeviceState, status: MediaState['status']): Plain {
  if (!on) return 'off';
  if (interrupted) return 'interrupted';
  if (track) return 'good';
  return status === 'idle' ? 'waiting' : 'asking';
}

const marks: Record<Plain, CheckState> = {
  good: 'good',
  asking: 'busy',
  off: 'untested',
  waiting: 'untested',
  interrupted: 'attention',
};

function CameraLine({ media, devices, withHelp }: LineProps) {
  const text = useReadyText();
  const { camera, cameras, status } = devices;
  const { problem } = camera;
  const plain = plainState(camera, status);

  return (
    <CheckLine
      icon={IconCamera}
      name={text('camera.name')}
      state={problem ? 'attention' : marks[plain]}
      word={problem ? text(`problem.${problem}`) : text(`camera.${plain}`)}
      control={
        !problem &&
        (plain === 'good' || plain === 'off') && (
          <Button
            variant="subtle"
            className={classes.control}
            onClick={() => void media.setCamera(!camera.on)}
          >
            {text(camera.on ? 'camera.turnOff' : 'camera.turnOn')}
          </Button>
        )
      }
    >
      {problem && withHelp ? (
        <Help words={text(`help.camera.${problem}`)} onRetry={() => void media.retry('camera')} />
      ) : (
        <Choice
          label={text('camera.choose')}
          choices={cameras}
          track={camera.track}
          onChoose={(id) => void media.choose('camera', id)}
        />
      )}
    </CheckLine>
  );
}

/** Louder than the noise of a quiet room. */
const speechLevel = 0.35;

function MicrophoneLine({ media, devices, withHelp }: LineProps) {
  const text = useReadyText();
  const { microphone, microphones, status } = devices;
  const { problem, track } = microphone;
  const level = useMicrophoneLevel(track);
  const [heard, setHeard] = useState<MediaStreamTrack | null>(null);
  // Once heard is heard: the word must not flicker with every pause.
  if (track && level > speechLevel && heard !== track) setHeard(track);

  const plain = plainState(microphone, status);
  const silent = plain === 'good' && heard !== track;

  return (
    <CheckLine
      icon={IconMicrophone}
      name={text('microphone.name')}
      state={problem ? 'attention' : silent ? 'busy' : marks[plain]}
      word={
        problem
          ? text(`problem.${problem}`)
          : text(silent ? 'microphone.listening' : `microphone.${plain}`)
      }
      control={
        !problem &&
        plain === 'off' && (
          <Button
            variant="subtle"
            className={classes.control}
            onClick={() => void media.setMicrophone(true)}
          >
            {text('microphone.turnOn')}
          </Button>
        )
      }
    >
      {problem && withHelp ? (
        <Help
          words={text(`help.microphone.${problem}`)}
          onRetry={() => void media.retry('microphone')}
        />
      ) : (
        <>
          {/* Stands there before there is a track, so that the list does not grow under the thumb. */}
          {status !== 'idle' && !problem && (
            <LevelMeter level={microphone.on ? level : 0} label={text('microphone.name')} />
          )}
          <Choice
            label={text('microphone.choose')}
            choices={microphones}
            track={track}
            onChoose={(id) => void media.choose('microphone', id)}
          />
        </>
      )}
    </CheckLine>
  );
}

function Help({ words, onRetry }: { words: string; onRetry: () => void }) {
  const text = useReadyText();
  return (
    <>
      <p>{words}</p>
      <Button variant="default" className={classes.retry} onClick={onRetry}>
        {text('tryAgain')}
      </Button>
    </>
  );
}

interface ChoiceProps {
  label: string;
  choices: readonly DeviceChoice[];
  track: MediaStreamTrack | null;
  onChoose: (id: string) => void;
}

/** Another of several devices, behind a word: most people never need it. */
function Choice({ label, choices, track, onChoose }: ChoiceProps) {
  const text = useReadyText();
  const [opened, setOpened] = useState(false);
  const named = choices.filter((choice) => choice.label !== '');
  if (!track || named.length < 2) return null;
  if (!opened) {
    return (
      <Button
        variant="subtle"
        color="gray"
        className={classes.other}
        aria-label={label}
        onClick={() => setOpened(true)}
      >
        {text('other')}
      </Button>
    );
  }
  return (
    <NativeSelect
      aria-label={label}
      value={track.getSettings().deviceId ?? ''}
      onChange={(event) => onChoose(event.currentTarget.value)}
      data={named.map((choice) => ({ value: choice.id, label: choice.label }))}
    />
  );
}
