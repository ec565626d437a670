import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WaitingView } from '../../protocol/signaling';
import { GapFiller } from './gapFiller';
import { LinkMeter } from './linkMeter';
import type { Negotiation } from './negotiation';
import { SentPicture } from './sentPicture';
import { anEntry } from './testing';
import { WaitingWatch } from './waitingWatch';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

const place = (before: number): WaitingView => ({
  state: 'arrived',
  before,
  wait_from_min: 0,
  wait_to_min: 10,
  doctor_present: true,
});

describe('a place in the queue', () => {
  it('is read one after another, so that an older answer never comes last', async () => {
    const answers: ((view: WaitingView) => void)[] = [];
    const shown = vi.fn();
    const watch = new WaitingWatch(() => new Promise((resolve) => answers.push(resolve)), shown);
    watch.watch(true);
    watch.hint();
    watch.hint();
    expect(answers).toHaveLength(1);
    answers[0]?.(place(3));
    await settle();
    expect(answers).toHaveLength(2);
    answers[1]?.(place(2));
    await settle();
    expect(shown.mock.calls).toEqual([[place(3)], [place(2)]]);
    expect(answers).toHaveLength(2);
    watch.watch(false);
  });
});

describe('a gap in the record', () => {
  it('is asked for again when reading failed, until it is filled', async () => {
    let failures = 2;
    const read = vi.fn(() =>
      failures-- > 0 ? Promise.reject(new Error('busy')) : Promise.resolve(false),
    );
    const gaps = new GapFiller(read);
    gaps.look([anEntry(1), anEntry(3)]);
    await settle(150);
    expect(read).toHaveBeenCalledTimes(1);
    await settle(10_000);
    expect(read).toHaveBeenCalledTimes(3);
    await settle(120_000);
    expect(read).toHaveBeenCalledTimes(3);
  });
});

describe('a connection that has no figures', () => {
  const pc = { connectionState: 'connected', getStats: () => Promise.reject(new Error('closed')) };

  it('is measured again a second later, and nobody is told of it', async () => {
    const told = vi.fn();
    const getStats = vi.fn(pc.getStats);
    const meter = new LinkMeter(() => ({ sound: true, picture: true }), told);
    meter.start({ pc: { ...pc, getStats } } as unknown as Negotiation);
    await settle(3_000);
    meter.stop();
    expect(getStats).toHaveBeenCalledTimes(3);
    expect(told).not.toHaveBeenCalled();
  });

  it('has no word before it has been connected for a while', async () => {
    const words: (string | null)[] = [];
    const meter = new LinkMeter(
      () => ({ sound: false, picture: false }),
      (_sample, quality) => words.push(quality),
    );
    const pair = { id: 'p', type: 'candidate-pair', nominated: true, state: 'succeeded' };
    const stats = new Map([['p', { ...pair, currentRoundTripTime: 0.7 }]]);
    const measured = {
      pc: { getStats: () => Promise.resolve(stats) } as unknown as RTCPeerConnection,
      connected: false,
      wasConnected: false,
    };
    meter.start(measured);
    await settle(1_000);
    measured.connected = measured.wasConnected = true;
    await settle(5_000);
    measured.connected = false;
    await settle(1_000);
    meter.stop();
    expect(words).toEqual([null, null, null, null, 'poor', 'poor', 'lost']);
  });

  it('sends the whole picture after a while all the same', async () => {
    const parameters = { encodings: [{}] as RTCRtpEncodingParameters[] };
    const sender = {
      track: null,
      getParameters: () => parameters,
      setParameters: () => Promise.resolve(),
    };
    const picture = new SentPicture(
      pc as unknown as RTCPeerConnection,
      sender as unknown as RTCRtpSender,
    );
    expect(parameters.encodings[0]?.scaleResolutionDownBy).toBe(4);
    picture.grow();
    await settle(10_000);
    expect(parameters.encodings[0]?.scaleResolutionDownBy).toBe(1);
  });
});
