/** What is known of this page's camera and microphone, and what a tab remembers of them. */

export type DeviceKind = 'microphone' | 'camera';

/** Why a device cannot be used. Each has words of its own on the screen. */
export type DeviceProblem =
  /** The person or the browser's settings said no. */
  | 'denied'
  /** There is none. */
  | 'missing'
  /** Another program has it. */
  | 'in-use'
  /** This page may not ask: no https, or a browser without cameras. */
  | 'unsupported';

export interface DeviceState {
  /** What the person wants. A wanted device may still have a problem. */
  on: boolean;
  /** The live track; null while off or unavailable. */
  track: MediaStreamTrack | null;
  problem: DeviceProblem | null;
  /** The system took the device for a while, as for a phone call; comes back by itself. */
  interrupted: boolean;
}

export interface DeviceChoice {
  id: string;
  /** Empty until the person has allowed the device once. */
  label: string;
}

export interface MediaState {
  status: 'idle' | 'asking' | 'ready';
  microphone: DeviceState;
  camera: DeviceState;
  microphones: readonly DeviceChoice[];
  cameras: readonly DeviceChoice[];
  speakers: readonly DeviceChoice[];
  /** The chosen speaker's id; empty for the system's own choice. */
  speaker: string;
  /** Which way a phone's camera looks. */
  facing: 'user' | 'environment';
}

export interface Memory {
  microphone?: boolean;
  camera?: boolean;
  microphoneId?: string;
  cameraId?: string;
  speaker?: string;
}

// In the tab's own storage: a reload in a call must not switch a silenced microphone on again.
const memoryKey = 'televisit.devices';

export function recall(): Memory {
  try {
    const value: unknown = JSON.parse(window.sessionStorage.getItem(memoryKey) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** A browser that refuses storage asks again after a reload. */
export function remember(memory: Memory): void {
  try {
    window.sessionStorage.setItem(memoryKey, JSON.stringify(memory));
  } catch {
    // Nothing is kept, and nothing else depends on it.
  }
}

/** Why getUserMedia failed (W3C Media Capture and Streams, section 10.2). */
export function problemOf(error: unknown): DeviceProblem {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'in-use';
    default:
      return 'unsupported';
  }
}

/** What the other side can expect to receive now. */
export function sendingOf({ status, microphone, camera }: MediaState): {
  microphone: boolean;
  camera: boolean;
} {
  // While the devices are still being opened what is wanted counts, or each join would be followed
  // by a correction in the record.
  const flows = ({ on, track, problem, interrupted }: DeviceState) =>
    on && problem === null && !interrupted && (track !== null || status !== 'ready');
  return { microphone: flows(microphone), camera: flows(camera) };
}
