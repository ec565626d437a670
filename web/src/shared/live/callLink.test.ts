import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallView, Figures } from '../../protocol/signaling';
import { CallLink } from './callLink';
import { LiveError } from './liveError';
import type { LinkSample } from './linkStats';
import type { LinkState } from './linkState';
import type { PeerLink } from './peer';
import type { RelayLink } from './relayLink';
import { patch, Store } from './store';

const none: LinkState = { status: 'idle', since: 0, remote: null, quality: null, sample: null };
const stream = () => ({}) as MediaStream;

/** A way whose connection says what has come by it. */
class FakeWay {
  readonly state = new Store<LinkState>({ ...none });
  readonly get = this.state.get;
  readonly subscribe = this.state.subscribe;
  came = { frames: 0, packets: 0 };
  runs = false;
  pc: unknown = {
    getStats: () => {
      if (this.runs) this.came = { frames: this.came.frames + 1, packets: this.came.packets + 9 };
      const { frames, packets } = this.came;
      const inbound = { id: 'v', type: 'inbound-rtp', kind: 'video', framesDecoded: frames };
      return Promise.resolve(new Map([['v', { ...inbound, packetsReceived: packets }]]));
    },
  };
  reset = vi.fn(() => this.state.set({ ...none }));
  close = vi.fn(() => this.state.set({ ...none }));
  detach = vi.fn<() => void>();
  setWanted = vi.fn<(wanted: boolean) => void>();
  mind = vi.fn<(deadMs: number, otherSends: boolean) => void>();

  begin(): void {
    patch(this.state, { status: 'connecting', since: Date.now() });
  }
  connect(): void {
    this.runs = true;
    patch(this.state, { status: 'connected', since: Date.now(), remote: stream() });
  }
}

const call = (path: CallView['path'], generation: number, relay = true): CallView => ({
  path,
  reason: 'first',
  generation,
  relay,
});

function aCall(other = { here: true, sound: true, picture: true }) {
  const p2p = new FakeWay();
  const relay = new FakeWay();
  const trouble = vi.fn<(what: string, generation: number) => Promise<unknown>>(() =>
    Promise.resolve({}),
  );
  const settled = vi.fn<(generation: number) => Promise<unknown>>(() => Promise.resolve({}));
  const link = new CallLink({
    p2p: p2p as unknown as PeerLink,
    relay: relay as unknown as RelayLink,
    trouble,
    settled,
    other: () => other,
  });
  return { p2p, relay, trouble, settled, link };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** A call that goes p2p. */
async function talking() {
  const it = aCall();
  it.link.follow(call('p2p', 1));
  it.p2p.begin();
  await pass(500);
  it.p2p.connect();
  await pass(500);
  return it;
}

describe('a call that begins', () => {
  it('is p2p as soon as it connects, says so once and keeps quiet', async () => {
    const { link, p2p, settled, trouble } = await talking();
    expect(link.get()).toMatchObject({ status: 'connected', route: 'p2p' });
    expect(link.get().remote).toBe(p2p.get().remote);
    await pass(10_000);
    expect(settled.mock.calls).toEqual([[1]]);
    expect(trouble).not.toHaveBeenCalled();
  });

  it('asks for the relay when p2p is not connected after 2.5 s, and again while nothing changes', async () => {
    const { link, p2p, trouble } = aCall();
    link.follow(call('p2p', 1));
    p2p.begin();
    await pass(2_300);
    expect(trouble).not.toHaveBeenCalled();
    await pass(600);
    expect(trouble.mock.calls).toEqual([['not-connected', 1]]);
    await pass(2_000);
    expect(trouble).toHaveBeenCalledTimes(2);
  });

  it('asks for nothing while the other side is not there', async () => {
    const { link, p2p, trouble } = aCall({ here: false, sound: false, picture: false });
    link.follow(call('p2p', 1));
    p2p.begin();
    await pass(10_000);
    expect(trouble).not.toHaveBeenCalled();
  });

  it('looks for nothing where there is no relay', async () => {
    const { link, p2p, trouble, settled } = aCall();
    link.follow(call('p2p', 1, false));
    p2p.begin();
    await pass(10_000);
    expect(trouble).not.toHaveBeenCalled();
    expect(settled).not.toHaveBeenCalled();
  });

  it('shows the relay at once when policy says so', () => {
    const { link, relay } = aCall();
    link.follow(call('relay', 1));
    expect(relay.setWanted).toHaveBeenLastCalledWith(true);
    relay.begin();
    expect(link.get()).toMatchObject({ status: 'connecting', route: 'relay' });
  });
});

describe('a way that breaks', () => {
  it('is told when nothing came for 1.5 s though the other side sends', async () => {
    const { p2p, trouble } = await talking();
    p2p.runs = false;
    await pass(1_300);
    expect(trouble).not.toHaveBeenCalled();
    await pass(700);
    expect(trouble.mock.calls).toEqual([['lost', 1]]);
  });

  it('is not told at once, as it breaks when the other page is reloaded too', async () => {
    const { p2p, trouble } = await talking();
    p2p.runs = false;
    patch(p2p.state, { status: 'interrupted', since: Date.now() });
    await pass(1_200);
    expect(trouble).not.toHaveBeenCalled();
    await pass(2_000);
    expect(trouble).toHaveBeenCalledTimes(1);
  });

  it('is asked about less often when the relay is full', async () => {
    const { p2p, trouble } = await talking();
    trouble.mockRejectedValue(new LiveError('room.busy'));
    p2p.runs = false;
    await pass(9_000);
    expect(trouble).toHaveBeenCalledTimes(1);
    await pass(6_000);
    expect(trouble).toHaveBeenCalledTimes(2);
  });
});

describe('a switch', () => {
  it('shows the old way until pictures come by the new one, then says so', async () => {
    const { link, p2p, relay, settled } = await talking();
    link.follow(call('relay', 2));
    relay.begin();
    await pass(300);
    expect(link.get().route).toBe('p2p');
    relay.connect();
    relay.runs = false;
    await pass(1_000);
    expect(link.get().route).toBe('p2p');
    expect(settled).toHaveBeenCalledTimes(1);
    relay.runs = true;
    await pass(200);
    expect(link.get().route).toBe('relay');
    expect(settled).toHaveBeenLastCalledWith(2);
    expect(p2p.reset).not.toHaveBeenCalled();
    expect(p2p.detach).toHaveBeenCalled();
    link.settled(2);
    expect(p2p.reset).toHaveBeenCalledTimes(1);
  });

  it('and back closes the relay when everybody has p2p', async () => {
    const { link, p2p, relay } = await talking();
    link.follow(call('relay', 2));
    relay.connect();
    await pass(300);
    link.settled(2);
    link.follow(call('p2p', 3));
    expect(link.get().route).toBe('relay');
    p2p.begin();
    p2p.connect();
    await pass(300);
    expect(link.get().route).toBe('p2p');
    link.settled(2);
    expect(relay.close).not.toHaveBeenCalled();
    link.settled(3);
    expect(relay.close).toHaveBeenCalledTimes(1);
  });

  it('does not wait for who sends nothing', async () => {
    const { link, relay } = aCall({ here: true, sound: false, picture: false });
    link.follow(call('relay', 2));
    relay.connect();
    relay.runs = false;
    await pass(3_300);
    expect(link.get().route).toBe('relay');
  });

  it('closes nothing that is still seen', async () => {
    const { link, p2p } = await talking();
    link.follow(call('relay', 2));
    link.settled(2);
    expect(p2p.reset).not.toHaveBeenCalled();
  });
});

describe('how it goes', () => {
  const measured = {
    round_trip_ms: 48,
    loss: 0.01,
    jitter_ms: 6,
    sends_bps: 1_200_000,
    gets_bps: 900_000,
    layer: 1,
    layers: 3,
  };
  const of = (quality: Figures['quality'], figures: Figures['measured'] = null): Figures => ({
    account_id: 'somebody',
    quality,
    measured: figures,
  });

  function relayed() {
    const made = aCall();
    made.link.follow(call('relay', 1));
    made.relay.connect();
    return made;
  }

  it('is as good as the worse of both directions', async () => {
    const { link, relay } = relayed();
    patch(relay.state, { quality: 'excellent' });
    link.judged({ me: of('poor') });
    expect(link.get().quality).toBe('poor');
    expect(link.get().toldQuality).toBe('poor');
    expect(link.get().theirQuality).toBeNull();
    link.judged({ me: of('poor'), other: of('good'), third: of('excellent') });
    expect(link.get().theirQuality).toBe('good');
    expect(link.get().thirdQuality).toBe('excellent');
    // What was told last holds for a while and no longer.
    await pass(9_000);
    patch(relay.state, { since: 1 });
    expect(link.get().quality).toBe('excellent');
    expect(link.get().theirQuality).toBeNull();
  });

  it('does not change with every word of the relay', async () => {
    const { link, relay } = relayed();
    patch(relay.state, { quality: 'excellent' });
    link.judged({ me: of('excellent'), other: of('excellent') });
    await pass(2_000);
    link.judged({ me: of('poor'), other: of('poor') });
    expect(link.get()).toMatchObject({ quality: 'excellent', theirQuality: 'excellent' });
    await pass(2_000);
    link.judged({ me: of('poor'), other: of(null) });
    expect(link.get()).toMatchObject({ quality: 'poor', theirQuality: 'excellent' });
    await pass(2_000);
    link.judged({ me: of('excellent'), other: of('lost') });
    expect(link.get()).toMatchObject({ quality: 'poor', theirQuality: 'lost' });
  });

  it('is known in figures of those whom the relay tells them of', () => {
    const { link } = relayed();
    link.judged({ me: of('good', measured), other: of('good') });
    expect(link.get().people).toEqual({
      me: {
        sendsKbit: 1200,
        getsKbit: 900,
        loss: 0.01,
        roundTripMs: 48,
        jitterMs: 6,
        picture: { layer: 1, layers: 3 },
      },
      other: null,
      third: null,
    });
  });

  it('is known of both in figures from page to page, where one sends what the other gets', () => {
    const { link, p2p } = aCall();
    link.follow(call('p2p', 1));
    p2p.connect();
    const sample = {
      kbitInPerSecond: 900,
      kbitOutPerSecond: 1200,
      loss: null,
      roundTripMs: null,
      jitterMs: 4,
      frameWidth: 640,
      frameHeight: 360,
      sentWidth: 1280,
      sentHeight: null,
    } as LinkSample;
    patch(p2p.state, { sample, quality: 'good' });
    const same = { loss: null, roundTripMs: null, jitterMs: 4 };
    expect(link.get().people).toEqual({
      me: { sendsKbit: 1200, getsKbit: 900, ...same, picture: { width: 640, height: 360 } },
      other: { sendsKbit: 900, getsKbit: 1200, ...same, picture: null },
      third: null,
    });
    // The relay's words are of the relay's way alone.
    link.judged({ me: of('lost'), other: of('lost') });
    expect(link.get()).toMatchObject({ quality: 'good', toldQuality: null, theirQuality: null });
  });
});

it('begins anew with both ways closed', async () => {
  const { link, p2p, relay, trouble } = await talking();
  link.reset();
  expect(p2p.reset).toHaveBeenCalled();
  expect(relay.close).toHaveBeenCalled();
  p2p.begin();
  await pass(10_000);
  expect(trouble).not.toHaveBeenCalled();
});
