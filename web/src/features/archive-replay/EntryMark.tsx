import {
  IconBan,
  IconBuildingHospital,
  IconCalendarPlus,
  IconDoorEnter,
  IconDoorExit,
  IconFileText,
  IconFlag,
  IconFlagCheck,
  IconHelpCircle,
  IconMessage,
  IconMicrophoneOff,
  IconPlugConnected,
  IconPlugConnectedX,
  IconSignature,
  IconUserCheck,
  IconUserMinus,
  IconUserPlus,
  IconUserX,
  IconVideo,
  IconVideoOff,
  type Icon,
} from '@tabler/icons-react';
import type { Entry } from './record';

const marks = {
  chat: IconMessage,
  arrived: IconDoorEnter,
  'stepped-out': IconDoorExit,
  admitted: IconUserCheck,
  joined: IconPlugConnected,
  left: IconPlugConnectedX,
  finished: IconFlag,
  closed: IconFlagCheck,
  file: IconFileText,
  consent: IconSignature,
  diagnosis: IconFileText,
  'follow-up': IconCalendarPlus,
  unsuitable: IconBuildingHospital,
  'guest-invited': IconUserPlus,
  'guest-withdrawn': IconUserMinus,
  'guest-joined': IconUserCheck,
  'guest-left': IconUserX,
  destroyed: IconBan,
  microphoneOff: IconMicrophoneOff,
  cameraOff: IconVideoOff,
  cameraOn: IconVideo,
  unknown: IconHelpCircle,
} satisfies Record<string, Icon>;

function markOf({ kind, body }: Entry): keyof typeof marks {
  if (kind === 'media' || kind === 'guest-media') {
    if (body?.microphone !== true) return 'microphoneOff';
    return body.camera === true ? 'cameraOn' : 'cameraOff';
  }
  return kind in marks ? (kind as keyof typeof marks) : 'unknown';
}

/** What kind of thing happened, as a picture; always beside its words. */
export function EntryMark({ entry, size = 16 }: { entry: Entry; size?: number }) {
  const Mark = marks[markOf(entry)];
  return <Mark size={size} stroke={1.75} aria-hidden />;
}
