import { Button } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { CallLink } from '../../shared/live';
import classes from './RemoteView.module.css';

export interface RemoteViewProps {
  /** Where sound and picture come from. */
  peer: Pick<CallLink, 'get' | 'subscribe'>;
  /** Whose: the other side's, or the third person's. */
  of?: 'remote' | 'third';
  /** The chosen loudspeaker's id; empty for the system's own choice. */
  speaker: string;
  /** Off while the other camera is off: a standing picture would be taken for the person. */
  visible: boolean;
  /** Whether the picture is the last one before an interruption. */
  held: boolean;
  /** Says who is seen, for who cannot see it. */
  label: string;
  /** The picture's width by its height, whenever it becomes another. */
  onRatio?: (ratio: number) => void;
  /** What the button says that lets a silenced browser speak. */
  hearLabel: string;
}

/**
 * The other person: the picture fills the stage, the sound is an element of its own. Browsers always let
 * a silent picture play; when they hold back the sound, a button asks for the tap that they want.
 */
export function RemoteView(props: RemoteViewProps) {
  const { peer, of = 'remote', speaker, visible, held, label, hearLabel, onRatio } = props;
  const video = useRef<HTMLVideoElement>(null);
  const audio = useRef<HTMLAudioElement>(null);
  const [blocked, setBlocked] = useState(false);

  useEffect(() => {
    const picture = video.current;
    const sound = audio.current;
    if (!picture || !sound) return undefined;
    const speak = () => {
      if (!sound.srcObject) return;
      sound.play().then(
        () => setBlocked(false),
        (error: unknown) => {
          // Anything but a refusal, such as a newer stream, plays by itself.
          if (error instanceof DOMException && error.name === 'NotAllowedError') setBlocked(true);
        },
      );
    };
    // Straight from the link, so that the first picture does not wait for the page to be drawn.
    const follow = () => {
      const stream = peer.get()[of] ?? null;
      if (picture.srcObject === stream) return;
      picture.srcObject = stream;
      sound.srcObject = stream;
      speak();
    };
    const onVisible = () => {
      // Some phones stop the sound of a page that was away.
      if (document.visibilityState === 'visible' && sound.paused) speak();
    };
    follow();
    const stop = peer.subscribe(follow);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [peer, of]);

  useEffect(() => {
    const sound = audio.current;
    // Not in every browser (W3C Audio Output Devices); a loudspeaker that is gone changes nothing.
    if (sound && 'setSinkId' in sound) sound.setSinkId(speaker).catch(() => undefined);
  }, [speaker]);

  return (
    <>
      <video
        ref={video}
        className={classes.picture}
        data-visible={visible}
        data-held={held}
        aria-label={label}
        aria-hidden={!visible}
        onResize={({ currentTarget: { videoWidth, videoHeight } }) => {
          if (videoWidth > 0 && videoHeight > 0) onRatio?.(videoWidth / videoHeight);
        }}
        autoPlay
        playsInline
        muted
      />
      <audio ref={audio} autoPlay />
      {blocked && (
        <Button
          className={classes.hear}
          size="md"
          leftSection={<IconVolume size={20} aria-hidden />}
          onClick={() => {
            audio.current?.play().then(
              () => setBlocked(false),
              // Refused once more, the button stays.
              () => undefined,
            );
          }}
        >
          {hearLabel}
        </Button>
      )}
    </>
  );
}
