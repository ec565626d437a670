/**
 * The media connection to the other side, peer to peer.
 *
 * A link belongs to one endpoint of the other side, one page. A new endpoint gets a new connection;
 * the same endpoint keeps its connection whatever happens to the signalling, since sound and picture
 * do not need the server. Who offers first is arranged so that glare is rare: the side that is already
 * there offers, the newcomer waits, and offers itself only when nothing came for a while.
 */
import type { IceServer } from '../../protocol/signaling';
import { LinkMeter } from './linkMeter';
import type { LinkOptions, LinkState, LinkStatus } from './linkState';
import { iceServersOf, Negotiation, type LocalTracks, type Signal } from './negotiation';
import { patch, Store, type Readable } from './store';

const newcomerPatienceMs = 1_200;
const disconnectedPatienceMs = 3_000;
const repairPatienceMs = 8_000;
const repairsBeforeHopeless = 3;
const prepareAfterMs = 2_000;
const earlySignalsMax = 128;

export class PeerLink implements Readable<LinkState> {
  readonly get: () => LinkState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #state = new Store<LinkState>({
    status: 'idle',
    since: Date.now(),
    remote: null,
    quality: null,
    sample: null,
  });
  readonly #options: LinkOptions;
  readonly #meter: LinkMeter;

  #tracks: LocalTracks = { audio: null, video: null };
  #iceServers: RTCIceServer[] = [];
  #polite = true;
  #leads = false;
  #endpoint: string | null = null;
  /** The other side's page cannot be reached by signalling; what still arrives is still played. */
  #remoteGone = false;
  /** With the endpoint at hand. */
  #negotiation: Negotiation | undefined;
  /** Ready for the next endpoint: nobody has to wait for a connection to be made. */
  #spare: Negotiation | undefined;
  /** Signals that overtook the news of the endpoint they come from. */
  #early: { from: string; signal: Signal }[] = [];
  /** Earlier pages of the other side; what still comes from them is dropped. */
  readonly #retired = new Set<string>();

  #prepareTimer: ReturnType<typeof setTimeout> | undefined;
  #offerTimer: ReturnType<typeof setTimeout> | undefined;
  #repairTimer: ReturnType<typeof setTimeout> | undefined;
  #repairs = 0;
  #repairing = false;
  #disposed = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#meter = new LinkMeter(
      () => options.expected?.() ?? { sound: true, picture: true },
      (sample, quality) => patch(this.#state, { sample, quality }),
    );
    this.get = this.#state.get;
    this.subscribe = this.#state.subscribe;
    window.addEventListener('online', this.#onNetworkChange);
    this.#network?.addEventListener('change', this.#onNetworkChange);
  }

  /** The connection with the endpoint at hand. */
  get pc(): RTCPeerConnection | undefined {
    return this.#negotiation?.pc;
  }

  // --- preparing ----------------------------------------------------------------------------------------

  /** What this side sends from now on. Never negotiates. */
  setTracks(tracks: LocalTracks): void {
    this.#tracks = tracks;
    this.#negotiation?.setTracks(tracks);
    this.#spare?.setTracks(tracks);
  }

  configure(iceServers: readonly IceServer[], polite: boolean): void {
    this.#iceServers = iceServersOf(iceServers);
    this.#polite = polite;
    this.#spare?.pc.setConfiguration(this.#configuration());
  }

  /** Makes a connection ready with the local tracks, so that a call costs the handshake only. */
  prepare(): void {
    if (this.#disposed) return;
    this.#spare ??= this.#open();
    // With a relay each offer costs an allocation there, so none is made for nobody.
    if (this.#leads && !this.#usesRelay()) this.#spare.offerAhead();
  }

  /** Whether this side offers to who comes next: then the offer is made before. */
  setLeads(leads: boolean): void {
    this.#leads = leads;
    if (leads && this.#spare) this.prepare();
  }

  // --- the other side's page ----------------------------------------------------------------------------

  /**
   * Talks to this endpoint of the other side. `lead`: offer now; otherwise wait for its offer, and
   * offer after a while. The endpoint that is already linked keeps its connection.
   */
  attach(endpoint: string, lead: boolean): void {
    if (this.#disposed) return;
    this.#remoteGone = false;
    if (endpoint !== this.#endpoint) this.#link(endpoint, lead);
    else if (this.#negotiation?.used) {
      this.catchUp();
      return;
    }
    clearTimeout(this.#offerTimer);
    if (lead) this.#offer();
    else this.#offerTimer = setTimeout(() => this.#offer(), newcomerPatienceMs);
  }

  /** The other side's page cannot be reached; it may come back as the same endpoint or another. */
  detach(): void {
    this.#remoteGone = true;
    clearTimeout(this.#offerTimer);
    clearTimeout(this.#repairTimer);
  }

  /** Signalling works again, on either side: says what was missed and repairs what broke meanwhile. */
  catchUp(): void {
    const negotiation = this.#negotiation;
    if (!negotiation?.used || this.#endpoint === null) return;
    negotiation.catchUp();
    if (negotiation.wasConnected && !negotiation.connected) void this.#repair();
  }

  /** Takes a signal from an endpoint of the other side. */
  receive(from: string, signal: Signal): void {
    if (this.#disposed || this.#retired.has(from)) return;
    if (from === this.#endpoint) {
      if ('description' in signal) clearTimeout(this.#offerTimer);
      this.#negotiation?.take(signal);
      return;
    }
    this.#early.push({ from, signal });
    if (this.#early.length > earlySignalsMax) this.#early.shift();
  }

  /** Ends the link with this endpoint; another may follow, or the same for another page of ours. */
  reset(): void {
    this.#unlink();
    this.#retired.clear();
    this.#early = [];
    this.#setStatus('idle');
    patch(this.#state, { remote: null });
    this.prepare();
  }

  /** Ends the link for good. */
  dispose(): void {
    this.reset();
    this.#disposed = true;
    clearTimeout(this.#prepareTimer);
    this.#dropSpare();
    window.removeEventListener('online', this.#onNetworkChange);
    this.#network?.removeEventListener('change', this.#onNetworkChange);
  }

  // --- within -------------------------------------------------------------------------------------------

  #configuration(): RTCConfiguration {
    return {
      iceServers: this.#iceServers,
      bundlePolicy: 'max-bundle',
      iceTransportPolicy: this.#options.iceTransportPolicy ?? 'all',
    };
  }

  #open(): Negotiation {
    const negotiation: Negotiation = new Negotiation({
      create: this.#options.create ?? ((configuration) => new RTCPeerConnection(configuration)),
      configuration: this.#configuration(),
      tracks: this.#tracks,
      isPolite: () => this.#polite,
      send: (signal) =>
        this.#endpoint === null || negotiation !== this.#negotiation
          ? Promise.reject(new Error('There is nobody to send to.'))
          : this.#options.send(this.#endpoint, signal),
      onRemote: () => {
        if (negotiation === this.#negotiation) patch(this.#state, { remote: negotiation.remote });
      },
      onStateChange: () => this.#connectionChanged(negotiation),
    });
    return negotiation;
  }

  #link(endpoint: string, lead: boolean): void {
    if (this.#endpoint !== null) this.#retired.add(this.#endpoint);
    this.#unlink();
    this.#endpoint = endpoint;
    this.#retired.delete(endpoint);
    if (!lead && this.#spare?.isAhead) this.#dropSpare();
    const negotiation = this.#spare ?? this.#open();
    this.#negotiation = negotiation;
    this.#spare = undefined;
    this.#setStatus('connecting');
    this.#meter.start(negotiation);
    const early = this.#early.filter(({ from }) => from === endpoint);
    this.#early = [];
    for (const { signal } of early) negotiation.take(signal);
  }

  #dropSpare(): void {
    this.#spare?.close();
    this.#spare = undefined;
  }

  #usesRelay(): boolean {
    return this.#iceServers.some(({ urls }) => [urls].flat().some((url) => url.startsWith('turn')));
  }

  #unlink(): void {
    clearTimeout(this.#offerTimer);
    clearTimeout(this.#repairTimer);
    this.#meter.stop();
    this.#endpoint = null;
    this.#remoteGone = false;
    this.#repairs = 0;
    this.#negotiation?.close();
    this.#negotiation = undefined;
    patch(this.#state, { quality: null, sample: null });
  }

  /** For the next reload of the other side; not while the first pictures are being coded. */
  #prepareSoon(): void {
    clearTimeout(this.#prepareTimer);
    this.#prepareTimer = setTimeout(() => this.prepare(), prepareAfterMs);
  }

  #setStatus(status: LinkStatus): void {
    if (this.get().status !== status) patch(this.#state, { status, since: Date.now() });
  }

  #offer(): void {
    clearTimeout(this.#offerTimer);
    if (this.#endpoint === null || this.#negotiation?.used) return;
    void this.#negotiation?.offer();
  }

  #connectionChanged(negotiation: Negotiation): void {
    if (negotiation !== this.#negotiation) return;
    clearTimeout(this.#repairTimer);
    switch (negotiation.pc.connectionState) {
      case 'connected':
        this.#repairs = 0;
        this.#setStatus('connected');
        this.#prepareSoon();
        break;
      case 'disconnected':
        this.#setStatus('interrupted');
        // The polite side waits a little longer, so that the two rarely repair at once.
        this.#repairSoon(disconnectedPatienceMs + (this.#polite ? 500 : 0));
        break;
      case 'failed':
        this.#setStatus(negotiation.wasConnected ? 'interrupted' : 'connecting');
        void this.#repair();
        break;
      default:
        break;
    }
  }

  // --- repair -------------------------------------------------------------------------------------------

  #repairSoon(afterMs: number): void {
    clearTimeout(this.#repairTimer);
    if (!this.#remoteGone) this.#repairTimer = setTimeout(() => void this.#repair(), afterMs);
  }

  /** An ICE restart with fresh credentials, again and again while the other side is there. */
  async #repair(evenConnected = false): Promise<void> {
    const negotiation = this.#negotiation;
    clearTimeout(this.#repairTimer);
    if (!negotiation?.used || this.#remoteGone || this.#repairing) return;
    this.#repairing = true;
    let fresh: RTCIceServer[] | undefined;
    try {
      fresh = iceServersOf(await this.#options.readIceServers());
      this.#iceServers = fresh;
    } catch {
      // The credentials at hand may still do; without signalling the offer waits for it anyway.
    } finally {
      this.#repairing = false;
    }
    if (negotiation !== this.#negotiation || (negotiation.connected && !evenConnected)) return;
    this.#repairs += 1;
    if (this.#repairs > repairsBeforeHopeless && this.#options.onHopeless) {
      this.#repairs = 0;
      this.#options.onHopeless();
    } else {
      negotiation.restart(fresh, this.#configuration());
    }
    this.#repairSoon(repairPatienceMs);
  }

  get #network(): EventTarget | undefined {
    // Not in every browser (W3C Network Information).
    return (navigator as { connection?: EventTarget }).connection;
  }

  /** Does not wait for the old path to be given up: on a new network it is gone. */
  readonly #onNetworkChange = () => {
    if (this.#spare) {
      this.#dropSpare();
      this.prepare();
    }
    if (this.#negotiation?.wasConnected) void this.#repair(true);
  };
}
