import { Button, NativeSelect } from '@mantine/core';
import { IconPlayerPlay, IconVolume } from '@tabler/icons-react';
import { useState } from 'react';
import type { LocalMedia, MediaState } from '../../shared/live';
import { CheckLine, type CheckState } from './CheckLine';
import classes from './DeviceCheck.module.css';
import { bell, playNotes } from './notes';
import { useReadyText } from './strings';

type Test = 'untested' | 'playing' | 'asked' | 'heard' | 'silent' | 'failed';

const marks: Record<Test, CheckState> = {
  untested: 'untested',
  playing: 'busy',
  asked: 'untested',
  heard: 'good',
  silent: 'attention',
  failed: 'attention',
};

const words = {
  playing: 'playing',
  heard: 'good',
  silent: 'attention',
  failed: 'attention',
} as const;

/** Only the person can say whether the speaker works, so it is asked. */
export function SpeakerLine({ media, devices }: { media: LocalMedia; devices: MediaState }) {
  const text = useReadyText();
  const [test, setTest] = useState<Test>('untested');
  const speakers = devices.speakers.filter(({ label }) => label !== '');

  const play = async () => {
    setTest('playing');
    try {
      await playNotes(bell, devices.speaker);
      // Who answered while it played has answered.
      setTest((now) => (now === 'playing' ? 'asked' : now));
    } catch {
      setTest('failed');
    }
  };

  const asking = test === 'playing' || test === 'asked';
  return (
    <CheckLine
      icon={IconVolume}
      name={text('speaker.name')}
      state={marks[test]}
      word={test === 'untested' || test === 'asked' ? '' : text(`speaker.${words[test]}`)}
      control={
        test === 'untested' && (
          <Button
            variant="subtle"
            className={classes.control}
            leftSection={<IconPlayerPlay size={18} aria-hidden />}
            onClick={() => void play()}
          >
            {text('speaker.play')}
          </Button>
        )
      }
    >
      {asking && (
        <>
          <p>{text('speaker.ask')}</p>
          <div className={classes.row}>
            <Button variant="light" onClick={() => setTest('heard')}>
              {text('speaker.heard')}
            </Button>
            <Button variant="default" onClick={() => setTest('silent')}>
              {text('speaker.silent')}
            </Button>
          </div>
        </>
      )}
      {test === 'failed' && <p>{text('speaker.failed')}</p>}
      {(test === 'silent' || test === 'failed') && (
        <>
          <p>{text('speaker.help')}</p>
          <Button variant="default" className={classes.retry} onClick={() => void play()}>
            {text('speaker.again')}
          </Button>
          {speakers.length > 1 && (
            <NativeSelect
              aria-label={text('speaker.choose')}
              value={devices.speaker}
              onChange={(event) => void media.choose('speaker', event.currentTarget.value)}
              data={[
                { value: '', label: text('speaker.system') },
                ...speakers.map(({ id, label }) => ({ value: id, label })),
              ]}
            />
          )}
        </>
      )}
    </CheckLine>
  );
}
