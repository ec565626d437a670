/**
 * This page's camera and microphone: asked for, switched, silenced, lost and found again.
 *
 * The two are independent. Whatever happens to one never takes the other away, and a person with
 * neither can still take part by listening and writing.
 */
import {
  problemOf,
  recall,
  remember,
  type DeviceKind,
  type DeviceState,
  type MediaState,
  type Memory,
} from './mediaState';
import { patch, Store, type Readable } from './store';

type Kind = 'audio' | 'video';
const kindOf: Record<DeviceKind, Kind> = { microphone: 'audio', camera: 'video' };

/** How long after each failure a device that another program has is asked for again; the last one goes on. */
const againMs = [2_000, 5_000, 10_000, 20_000, 30_000];

const silent: DeviceState = { on: true, track: null, problem: null, interrupted: false };

export class LocalMedia implements Readable<MediaState> {
  readonly get: () => MediaState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #state: Store<MediaState>;
  #memory = recall();
  /** Device work is done one after another: two prompts or two owners of a camera never meet. */
  #work: Promise<void> = Promise.resolve();
  #released = false;
  readonly #again: Record<DeviceKind, { failures: number; timer?: ReturnType<typeof setTimeout> }> =
    {
      microphone: { failures: 0 },
      camera: { failures: 0 },
    };
  /** Whether somebody asked for the devices and nobody let go since. */
  #inUse = false;
  /** Who uses the devices: two visits of one page may overlap, as a doctor's with the next patient. */
  readonly #users = new Set<object>();

  constructor() {
    this.#state = new Store<MediaState>({
      status: 'idle',
      microphone: { ...silent, on: this.#memory.microphone ?? true },
      camera: { ...silent, on: this.#memory.camera ?? true },
      microphones: [],
      cameras: [],
      speakers: [],
      speaker: this.#memory.speaker ?? '',
      facing: 'user',
    });
    this.get = this.#state.get;
    this.subscribe = this.#state.subscribe;
    this.#devices?.addEventListener('devicechange', this.#onDeviceChange);
    document.addEventListener('visibilitychange', this.#onVisible);
  }

  /**
   * Asks for what is wanted and not yet there; both at once, so that there is one question. Never
   * rejects: each device tells its own problem. Safe to call again. With a user the devices stay until
   * that user releases them, whatever other users do.
   */
  acquire(user?: object): Promise<void> {
    if (user) this.#users.add(user);
    this.#inUse = true;
    return this.#then(async () => {
      if (!this.#inUse) return;
      const { microphone, camera } = this.get();
      const wanted = (device: DeviceState) => device.on && !device.track;
      if (wanted(microphone) || wanted(camera)) {
        if (this.get().status === 'idle') patch(this.#state, { status: 'asking' });
        await this.#open(wanted(microphone), wanted(camera));
      }
      this.#ready();
      await this.#list();
    });
  }

  /** Silences or opens the microphone. The track stays, so opening is instant. */
  setMicrophone(on: boolean): Promise<void> {
    this.#remember({ microphone: on });
    const { track } = this.get().microphone;
    // At once, not in turn: who presses mute means now.
    this.#device('microphone', { on });
    if (track) track.enabled = on;
    return on ? this.#openIfWanted('microphone') : Promise.resolve();
  }

  /** Switches the camera off, its light too, or on again. */
  setCamera(on: boolean): Promise<void> {
    this.#remember({ camera: on });
    this.#device('camera', { on });
    if (!on) this.#drop('camera');
    return on ? this.#openIfWanted('camera') : Promise.resolve();
  }

  /** Uses another microphone, camera or speaker from the lists. */
  choose(kind: DeviceKind | 'speaker', id: string): Promise<void> {
    if (kind === 'speaker') {
      this.#remember({ speaker: id });
      patch(this.#state, { speaker: id });
      return Promise.resolve();
    }
    this.#remember(kind === 'camera' ? { cameraId: id } : { microphoneId: id });
    return this.#reopen(kind);
  }

  /** On a phone: the other camera. */
  flipCamera(): Promise<void> {
    patch(this.#state, { facing: this.get().facing === 'user' ? 'environment' : 'user' });
    this.#remember({ cameraId: undefined });
    return this.#reopen('camera');
  }

  /** Tries a device again that had a problem, as after the person allowed it. */
  retry(kind: DeviceKind): Promise<void> {
    return kind === 'camera' ? this.setCamera(true) : this.setMicrophone(true);
  }

  /**
   * Lets go of both devices; on behalf of one user only when there is no other. The next `acquire`
   * takes them again.
   */
  release(user?: object): void {
    if (user) this.#users.delete(user);
    if (user && this.#users.size > 0) return;
    this.#inUse = false;
    for (const kind of ['microphone', 'camera'] as const) this.#calm(kind);
    this.#drop('microphone');
    this.#drop('camera');
    patch(this.#state, { status: 'idle' });
  }

  dispose(): void {
    this.#released = true;
    this.release();
    this.#devices?.removeEventListener('devicechange', this.#onDeviceChange);
    document.removeEventListener('visibilitychange', this.#onVisible);
  }

  // --- within -------------------------------------------------------------------------------------------

  get #devices(): MediaDevices | undefined {
    // Missing on plain http, whatever the type says.
    return navigator.mediaDevices;
  }

  #then(step: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(() => (this.#released ? undefined : step()));
    return this.#work;
  }

  #remember(change: { [Key in keyof Memory]: Memory[Key] | undefined }): void {
    this.#memory = { ...this.#memory, ...change } as Memory;
    remember(this.#memory);
  }

  #device(kind: DeviceKind, change: Partial<DeviceState>): void {
    patch(this.#state, { [kind]: { ...this.get()[kind], ...change } });
  }

  #constraints(kind: DeviceKind): MediaTrackConstraints {
    if (kind === 'microphone') {
      return {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        ...(this.#memory.microphoneId ? { deviceId: { ideal: this.#memory.microphoneId } } : {}),
      };
    }
    return {
      width: { ideal: 1280 },
      height: { ideal: 720 },
      frameRate: { ideal: 30, max: 30 },
      ...(this.#memory.cameraId
        ? { deviceId: { ideal: this.#memory.cameraId } }
        : { facingMode: { ideal: this.get().facing } }),
    };
  }

  /** Who let go while the devices were being opened is not told that they are ready. */
  #ready(): void {
    if (this.#inUse) patch(this.#state, { status: 'ready' });
  }

  #openIfWanted(kind: DeviceKind): Promise<void> {
    this.#inUse = true;
    return this.#then(async () => {
      const { on, track } = this.get()[kind];
      if (on && !track) await this.#open(kind === 'microphone', kind === 'camera');
      this.#ready();
    });
  }

  async #open(microphone: boolean, camera: boolean): Promise<void> {
    const kinds: DeviceKind[] = [];
    if (microphone) kinds.push('microphone');
    if (camera) kinds.push('camera');
    if (!this.#devices) {
      for (const kind of kinds) this.#device(kind, { problem: 'unsupported' });
      return;
    }
    const error = await this.#take(kinds);
    if (error === undefined) return;
    if (kinds.length === 1) {
      for (const kind of kinds) this.#failed(kind, error);
      return;
    }
    // One of the two spoiled it. The voice matters more, so it is asked for first.
    for (const kind of kinds) {
      const reason = await this.#take([kind]);
      if (reason !== undefined) this.#failed(kind, reason);
    }
  }

  /** What another program has is asked for again by itself, ever more calmly: it says nothing when it lets go. */
  #failed(kind: DeviceKind, reason: unknown): void {
    const problem = problemOf(reason);
    this.#device(kind, { problem });
    if (problem !== 'in-use' || !this.#inUse) return;
    const again = this.#again[kind];
    clearTimeout(again.timer);
    again.timer = setTimeout(
      () => void this.#recover(kind),
      againMs[Math.min(again.failures, againMs.length - 1)],
    );
    again.failures += 1;
  }

  #calm(kind: DeviceKind): void {
    clearTimeout(this.#again[kind].timer);
    this.#again[kind] = { failures: 0 };
  }

  /** Opens these devices in one question. Resolves to why it failed, or to nothing. */
  async #take(kinds: DeviceKind[]): Promise<unknown> {
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        ...(kinds.includes('microphone') ? { audio: this.#constraints('microphone') } : {}),
        ...(kinds.includes('camera') ? { video: this.#constraints('camera') } : {}),
      });
    } catch (error) {
      return error ?? new Error('No reason was given.');
    }
    for (const kind of kinds) {
      const [track] = kindOf[kind] === 'audio' ? stream.getAudioTracks() : stream.getVideoTracks();
      // While it was being opened the person may have changed their mind, or left.
      const wanted = this.#inUse && (kind === 'microphone' || this.get().camera.on);
      if (!track || !wanted) track?.stop();
      else this.#adopt(kind, track);
    }
    return undefined;
  }

  #adopt(kind: DeviceKind, track: MediaStreamTrack): void {
    this.#calm(kind);
    track.contentHint = kind === 'camera' ? 'motion' : 'speech';
    if (kind === 'microphone') track.enabled = this.get().microphone.on;
    const current = () => this.get()[kind].track === track;
    track.addEventListener('mute', () => {
      if (current()) this.#device(kind, { interrupted: true });
    });
    track.addEventListener('unmute', () => {
      if (current()) this.#device(kind, { interrupted: false });
    });
    // Only the system ends a track that we did not stop: unplugged, or taken for a phone call.
    track.addEventListener('ended', () => {
      if (!current()) return;
      this.#device(kind, { track: null, interrupted: true });
      void this.#recover(kind);
    });
    const old = this.get()[kind].track;
    this.#device(kind, { track, problem: null, interrupted: track.muted });
    old?.stop();
  }

  #drop(kind: DeviceKind): void {
    const { track } = this.get()[kind];
    this.#device(kind, { track: null, interrupted: false });
    track?.stop();
  }

  #reopen(kind: DeviceKind): Promise<void> {
    return this.#then(async () => {
      if (!this.#inUse) return;
      if (kind === 'camera') this.#device('camera', { on: true });
      // Most phones open one camera at a time.
      this.#drop(kind);
      await this.#open(kind === 'microphone', kind === 'camera');
      await this.#list();
    });
  }

  #recover(kind: DeviceKind): Promise<void> {
    return this.#then(async () => {
      const { on, track } = this.get()[kind];
      if (!this.#inUse || !on || track || document.visibilityState !== 'visible') return;
      await this.#open(kind === 'microphone', kind === 'camera');
      if (this.get()[kind].problem) this.#device(kind, { interrupted: false });
    });
  }

  readonly #onVisible = () => {
    if (document.visibilityState !== 'visible' || this.get().status !== 'ready') return;
    for (const kind of ['microphone', 'camera'] as const) {
      const { interrupted, problem, track } = this.get()[kind];
      if (!track && (interrupted || problem === 'in-use')) void this.#recover(kind);
    }
  };

  readonly #onDeviceChange = () => {
    if (this.get().status !== 'ready') return;
    void this.#then(() => this.#list());
    for (const kind of ['microphone', 'camera'] as const) {
      // What was missing may have been plugged in.
      if (this.get()[kind].problem === 'missing') void this.#recover(kind);
    }
  };

  async #list(): Promise<void> {
    let all: MediaDeviceInfo[];
    try {
      all = (await this.#devices?.enumerateDevices()) ?? [];
    } catch {
      return;
    }
    const choices = (kind: MediaDeviceKind) =>
      all
        .filter((device) => device.kind === kind && device.deviceId !== '')
        .map(({ deviceId, label }) => ({ id: deviceId, label }));
    patch(this.#state, {
      microphones: choices('audioinput'),
      cameras: choices('videoinput'),
      speakers: choices('audiooutput'),
    });
  }
}
