/**
 * This page's link to the relay: a connection for as long as there is a seat, repaired when it breaks, and
 * another seat when one is over. Whether it is wanted at all is the call's to say.
 */
import type { IceServer, RelayOffer } from '../../protocol/signaling';
import { LinkMeter } from './linkMeter';
import type { LinkState, LinkStatus } from './linkState';
import type { Expected } from './linkStats';
import { iceServersOf, type CreateConnection, type LocalTracks } from './negotiation';
import { RelayConnection } from './relayConnection';
import { patch, Store, type Readable } from './store';

const disconnectedPatienceMs = 800;
/** Whoever sends is told of it many times a second: after so long without a word the path is gone. */
const deadPathMs = 800;
const signallingPatienceMs = 600;
const repairPatienceMs = 3_000;
const seatPatienceMs = 4_000;
const longestPauseMs = 15_000;

export interface RelayLinkOptions {
  /** Hands an answer to the relay; rejects when it could not. */
  answer: (seat: string, revision: number, sdp: string) => Promise<unknown>;
  /** Asks for another way of this seat, or for another seat; the offer follows. */
  restart: (seat: string | null) => Promise<unknown>;
  /** The network may be another one: signalling that is silent for so long is made anew. */
  doubtSignalling?: (ms: number) => void;
  /** The account of the other side, whose sound and picture are shown. */
  whose: () => string | null;
  /** The same of the third person. */
  third?: () => string | null;
  /** What the other side says that it sends. */
  expected?: () => Expected;
  create?: CreateConnection;
  iceTransportPolicy?: RTCIceTransportPolicy;
}

const nothing = (): LinkState => ({
  status: 'idle',
  since: Date.now(),
  remote: null,
  quality: null,
  sample: null,
});

export class RelayLink implements Readable<LinkState> {
  readonly get: () => LinkState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #state = new Store<LinkState>(nothing());
  readonly #options: RelayLinkOptions;
  readonly #meter: LinkMeter;
  #iceServers: RTCIceServer[] = [];
  #tracks: LocalTracks = { audio: null, video: null };
  #connection: RelayConnection | undefined;
  #wanted = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #dead = false;
  /** Date.now() when another way was asked for last. */
  #askedAt = 0;

  constructor(options: RelayLinkOptions) {
    this.#options = options;
    this.#meter = new LinkMeter(
      () => options.expected?.() ?? { sound: true, picture: true },
      (sample, quality) =>
        patch(this.#state, { sample: { ...sample, path: sample.path && 'relayed' }, quality }),
    );
    this.get = this.#state.get;
    this.subscribe = this.#state.subscribe;
    window.addEventListener('online', this.#onNetworkChange);
    this.#network?.addEventListener('change', this.#onNetworkChange);
  }

  get pc(): RTCPeerConnection | undefined {
    return this.#connection?.pc;
  }

  /** What arrives from everybody in the call, by account. */
  get streams(): ReadonlyMap<string, MediaStream> {
    return this.#connection?.streams ?? new Map<string, MediaStream>();
  }

  configure(iceServers: readonly IceServer[]): void {
    this.#iceServers = iceServersOf(iceServers);
  }

  setTracks(tracks: LocalTracks): void {
    this.#tracks = tracks;
    this.#connection?.setTracks(tracks);
  }

  /** While it is wanted, a link that does not come about is asked for again and again. */
  setWanted(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#tries = 0;
    clearTimeout(this.#timer);
    if (!wanted || this.#connection?.connected) return;
    this.#setStatus('connecting');
    this.#askAfter(seatPatienceMs);
  }

  /** An offer of the relay: of another seat than before it begins another connection. */
  receive(offer: RelayOffer): void {
    if (this.#connection?.seat !== offer.seat) {
      this.#drop();
      this.#open(offer.seat);
    }
    this.#connection?.take(offer);
  }

  /** Somebody came or went: what arrives may be another's. */
  peopleChanged(): void {
    if (this.#connection) this.#showStream();
  }

  /** The relay has let this seat go. */
  ended(seat: string): void {
    if (this.#connection?.seat !== seat) return;
    const had = this.#connection.wasConnected;
    this.#drop();
    this.#setStatus(this.#wanted ? (had ? 'interrupted' : 'connecting') : 'idle');
    if (this.#wanted) this.#ask();
  }

  /** Signalling works again: what is broken is repaired at once. */
  catchUp(): void {
    if (!this.#wanted) return;
    if (this.#dead) this.#ask();
    else if (!this.#connection?.connected) this.#askAfter(disconnectedPatienceMs);
  }

  /**
   * How long nothing has come by the path, and whether the other side sends. A browser takes seconds to
   * see that the network under it is another one; what comes no more is seen at once.
   */
  mind(deadMs: number, otherSends: boolean): void {
    const sends = this.#tracks.audio !== null || this.#tracks.video !== null;
    this.#dead = deadMs >= deadPathMs && (sends || otherSends) && this.#wasConnected;
    // What came back may be lost again: only what stays lost is asked for more calmly.
    if (!this.#dead) this.#askedAt = 0;
    if (!this.#dead || !this.#wanted || Date.now() - this.#askedAt < repairPatienceMs) return;
    this.#options.doubtSignalling?.(signallingPatienceMs);
    this.#ask();
  }

  /** Closes the connection; another offer may begin another one. */
  close(): void {
    this.setWanted(false);
    this.#drop();
    this.#state.set(nothing());
  }

  dispose(): void {
    this.close();
    window.removeEventListener('online', this.#onNetworkChange);
    this.#network?.removeEventListener('change', this.#onNetworkChange);
  }

  #open(seat: string): void {
    const { create, iceTransportPolicy, answer } = this.#options;
    const connection = new RelayConnection({
      seat,
      create: create ?? ((configuration) => new RTCPeerConnection(configuration)),
      configuration: {
        iceServers: this.#iceServers,
        bundlePolicy: 'max-bundle',
        iceTransportPolicy: iceTransportPolicy ?? 'all',
      },
      tracks: this.#tracks,
      answer,
      onStreams: () => {
        if (connection === this.#connection) this.#showStream();
      },
      onStateChange: () => {
        if (connection === this.#connection) this.#changed(connection);
      },
    });
    this.#connection = connection;
    this.#setStatus(this.get().status === 'interrupted' ? 'interrupted' : 'connecting');
    this.#meter.start(connection);
    this.#askAfter(2 * seatPatienceMs);
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#meter.stop();
    this.#connection?.close();
    this.#connection = undefined;
  }

  #showStream(): void {
    const { streams } = this;
    const of = (who: string | null | undefined) => (who ? (streams.get(who) ?? null) : null);
    patch(this.#state, {
      remote: of(this.#options.whose()),
      third: of(this.#options.third?.()),
    });
  }

  #changed(connection: RelayConnection): void {
    switch (connection.pc.connectionState) {
      case 'connected':
        clearTimeout(this.#timer);
        this.#tries = 0;
        this.#setStatus('connected');
        break;
      case 'disconnected':
        this.#setStatus('interrupted');
        this.#askAfter(disconnectedPatienceMs);
        break;
      case 'failed':
      case 'closed':
        this.#setStatus(connection.wasConnected ? 'interrupted' : 'connecting');
        this.#askAfter(0);
        break;
      default:
        break;
    }
  }

  #setStatus(status: LinkStatus): void {
    if (this.get().status !== status) patch(this.#state, { status, since: Date.now() });
  }

  #askAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // What was repaired under way asks for no more.
      if (this.#connection?.connected && !this.#dead) this.#tries = 0;
      else this.#ask();
    }, ms);
  }

  /** Again and again, ever more calmly, until there is a connection or nobody wants one. */
  #ask(): void {
    clearTimeout(this.#timer);
    if (!this.#wanted) return;
    this.#askedAt = Date.now();
    // A connection that could not be made in one go is given up for another seat.
    const seat = this.#tries < 2 ? (this.#connection?.seat ?? null) : null;
    this.#tries += 1;
    this.#options.restart(seat).catch(() => undefined);
    this.#askAfter(Math.min(longestPauseMs, repairPatienceMs * this.#tries));
  }

  get #wasConnected(): boolean {
    return this.#connection?.wasConnected ?? false;
  }

  get #network(): EventTarget | undefined {
    // Not in every browser (W3C Network Information).
    return (navigator as { connection?: EventTarget }).connection;
  }

  /** Does not wait for the old way to be given up: on a new network it is gone. */
  readonly #onNetworkChange = () => {
    if (this.#wanted && this.#wasConnected) this.#ask();
  };
}
