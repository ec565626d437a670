import { useEffect, useRef } from 'react';

export interface CameraMirrorProps {
  /** The own camera's track; nothing is drawn while there is none. */
  track: MediaStreamTrack | null;
  /** Says what the picture is, for who cannot see it. */
  label: string;
  className?: string | undefined;
  /** A camera that looks away from the person is not mirrored. */
  mirrored?: boolean;
}

/** The own camera as a mirror shows it. For the device check and for the call. */
export function CameraMirror({ track, label, className, mirrored = true }: CameraMirrorProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = track ? new MediaStream([track]) : null;
  }, [track]);
  return (
    <video
      ref={video}
      className={className}
      style={mirrored ? { transform: 'scaleX(-1)' } : undefined}
      aria-label={label}
      autoPlay
      playsInline
      muted
    />
  );
}
