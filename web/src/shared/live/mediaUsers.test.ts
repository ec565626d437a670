import { afterEach, expect, it, vi } from 'vitest';
import { LocalMedia } from './media';

class FakeTrack extends EventTarget {
  enabled = true;
  muted = false;
  contentHint = '';
  stopped = false;
  readonly stop = () => {
    this.stopped = true;
  };
}

function stubDevices() {
  const tracks: FakeTrack[] = [];
  const track = () => {
    const made = new FakeTrack();
    tracks.push(made);
    return made;
  };
  vi.stubGlobal('navigator', {
    mediaDevices: {
      getUserMedia: () =>
        Promise.resolve({ getAudioTracks: () => [track()], getVideoTracks: () => [track()] }),
      enumerateDevices: () => Promise.resolve([]),
      addEventListener: vi.fn(),
      removeEventListener: vi.fn(),
    },
  });
  return tracks;
}

afterEach(() => vi.unstubAllGlobals());

it('keeps the devices for one user when another lets go of them', async () => {
  const tracks = stubDevices();
  const media = new LocalMedia();
  const [before, next] = [{}, {}];
  await media.acquire(before);
  await media.acquire(next);

  media.release(before);
  expect(media.get().status).toBe('ready');
  expect(tracks.map(({ stopped }) => stopped)).toEqual([false, false]);

  media.release(next);
  expect(media.get().status).toBe('idle');
  expect(tracks.map(({ stopped }) => stopped)).toEqual([true, true]);
});

it('lets go at once when nobody in particular asks for it', async () => {
  const tracks = stubDevices();
  const media = new LocalMedia();
  await media.acquire({});
  media.release();
  expect(tracks.every(({ stopped }) => stopped)).toBe(true);
});
