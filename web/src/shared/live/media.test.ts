import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LocalMedia } from './media';
import { sendingOf } from './mediaState';

class FakeTrack extends EventTarget {
  enabled = true;
  muted = false;
  contentHint = '';
  stopped = false;
  readonly kind: string;

  constructor(kind: string) {
    super();
    this.kind = kind;
  }
  stop() {
    this.stopped = true;
  }
  interrupt() {
    this.muted = true;
    this.dispatchEvent(new Event('mute'));
  }
  restore() {
    this.muted = false;
    this.dispatchEvent(new Event('unmute'));
  }
  end() {
    this.dispatchEvent(new Event('ended'));
  }
}

type Wanted = { audio?: object; video?: object };

/** Devices of which some refuse, by the error's name. */
let refusals: { audio?: string; video?: string };
let asked: Wanted[];
let opened: FakeTrack[];
let media: LocalMedia;

function getUserMedia(wanted: Wanted) {
  asked.push(wanted);
  for (const kind of ['audio', 'video'] as const) {
    const refusal = refusals[kind];
    if (wanted[kind] && refusal) return Promise.reject(new DOMException('no', refusal));
  }
  const tracks = (['audio', 'video'] as const)
    .filter((kind) => wanted[kind])
    .map((kind) => new FakeTrack(kind));
  opened.push(...tracks);
  return Promise.resolve({
    getAudioTracks: () => tracks.filter(({ kind }) => kind === 'audio'),
    getVideoTracks: () => tracks.filter(({ kind }) => kind === 'video'),
  });
}

beforeEach(() => {
  refusals = {};
  asked = [];
  opened = [];
  const devices = Object.assign(new EventTarget(), {
    getUserMedia,
    enumerateDevices: () => Promise.resolve([]),
  });
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: devices });
  media = new LocalMedia();
});
afterEach(() => {
  media.dispose();
  window.sessionStorage.clear();
});

it('asks for both in one question', async () => {
  await media.acquire();
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    audio: { echoCancellation: true },
    video: { width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  expect(sendingOf(media.get())).toEqual({ microphone: true, camera: true });
  expect(media.get().camera.track?.contentHint).toBe('motion');
});

it('keeps the voice when the camera is refused, and says why', async () => {
  refusals = { video: 'NotAllowedError' };
  await media.acquire();
  expect(media.get().camera).toMatchObject({ track: null, problem: 'denied' });
  expect(media.get().microphone).toMatchObject({ problem: null });
  expect(sendingOf(media.get())).toEqual({ microphone: true, camera: false });
});

it.each([
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'missing'],
  ['NotReadableError', 'in-use'],
])('lets one take part with nothing at all (%s)', async (name, problem) => {
  refusals = { audio: name, video: name };
  await media.acquire();
  expect(media.get()).toMatchObject({
    status: 'ready',
    microphone: { problem },
    camera: { problem },
  });
});

it('tries again what was refused', async () => {
  refusals = { video: 'NotReadableError' };
  await media.acquire();
  refusals = {};
  await media.retry('camera');
  expect(media.get().camera).toMatchObject({ on: true, problem: null });
  expect(media.get().camera.track).not.toBeNull();
});

it('silences the microphone at once and keeps it', async () => {
  await media.acquire();
  void media.setMicrophone(false);
  expect(opened[0]).toMatchObject({ kind: 'audio', enabled: false, stopped: false });
  expect(sendingOf(media.get()).microphone).toBe(false);
  void media.setMicrophone(true);
  expect(opened[0]?.enabled).toBe(true);
  expect(asked).toHaveLength(1);
});

it('switches the camera off for good, its light too, and opens it anew', async () => {
  await media.acquire();
  await media.setCamera(false);
  expect(opened[1]?.stopped).toBe(true);
  await media.setCamera(true);
  expect(asked[1]).not.toHaveProperty('audio');
  expect(media.get().camera.track).toBe(opened[2]);
});

it('does not open a camera that was switched off while it was being opened', async () => {
  const opening = media.acquire();
  await media.setCamera(false);
  await opening;
  expect(media.get().camera.track).toBeNull();
  expect(opened.find(({ kind }) => kind === 'video')?.stopped ?? true).toBe(true);
});

it('lets go of what comes only after it was no longer wanted', async () => {
  const opening = media.acquire();
  media.release();
  await opening;
  expect(opened.every(({ stopped }) => stopped)).toBe(true);
  expect(media.get()).toMatchObject({ status: 'idle', camera: { track: null } });
});

it('stays silent after a reload', async () => {
  await media.acquire();
  await media.setMicrophone(false);
  const reloaded = new LocalMedia();
  await reloaded.acquire();
  expect(reloaded.get().microphone.on).toBe(false);
  expect(reloaded.get().microphone.track).toBeNull();
  reloaded.dispose();
});

it('tells an interruption, and that it is over', async () => {
  await media.acquire();
  opened[0]?.interrupt();
  expect(media.get().microphone.interrupted).toBe(true);
  expect(sendingOf(media.get()).microphone).toBe(false);
  opened[0]?.restore();
  expect(sendingOf(media.get()).microphone).toBe(true);
});

it('opens a device again that the system ended', async () => {
  await media.acquire();
  opened[0]?.end();
  expect(media.get().microphone.interrupted).toBe(true);
  await vi.waitFor(() => expect(media.get().microphone.track).toBe(opened[2]));
  expect(sendingOf(media.get()).microphone).toBe(true);
});

describe('a camera that another program has taken', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

  it('is said, asked for calmly, and shown again once it is free', async () => {
    await media.acquire();
    refusals = { video: 'NotReadableError' };
    opened[1]?.end();
    await settle();
    expect(media.get().camera).toMatchObject({ problem: 'in-use', interrupted: false });
    expect(asked).toHaveLength(2);
    await settle(60_000);
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.length).toBeLessThan(9);
    refusals = {};
    await settle(30_000);
    expect(media.get().camera).toMatchObject({ problem: null, track: opened[2] });
    const before = asked.length;
    await settle(120_000);
    expect(asked).toHaveLength(before);
  });

  it.each([
    ['everybody let go of the devices', () => media.release()],
    ['the person switched it off', () => void media.setCamera(false)],
  ])('is left alone once %s', async (_, stop) => {
    await media.acquire();
    refusals = { video: 'NotReadableError' };
    opened[1]?.end();
    await settle();
    stop();
    const before = asked.length;
    refusals = {};
    await settle(120_000);
    expect(asked).toHaveLength(before);
    expect(media.get().camera.track).toBeNull();
  });

  it('is not opened again for a page that has let go meanwhile', async () => {
    await media.acquire();
    opened[1]?.end();
    media.release();
    await settle();
    expect(asked).toHaveLength(1);
  });
});

it('counts what is wanted while the devices are still being opened', async () => {
  expect(sendingOf(media.get())).toEqual({ microphone: true, camera: true });
  const opening = media.acquire();
  expect(sendingOf(media.get())).toEqual({ microphone: true, camera: true });
  await opening;
});
