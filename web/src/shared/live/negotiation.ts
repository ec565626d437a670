/**
 * One RTCPeerConnection with one endpoint of the other side, and its negotiation.
 *
 * Perfect negotiation (W3C WebRTC 1.0, section 10.7): either side may offer at any moment; when both
 * do, the polite one gives way. Signals are taken one after another, in the order they came.
 */
import type { IceCandidate, IceServer, SessionDescription } from '../../protocol/signaling';

import { hasLiveCode } from './liveError';
import { putSoundFirst, SentPicture } from './sentPicture';

export type Signal = { description: SessionDescription } | { candidate: IceCandidate };

export interface LocalTracks {
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
}

export type CreateConnection = (configuration: RTCConfiguration) => RTCPeerConnection;

export interface NegotiationOptions {
  create: CreateConnection;
  configuration: RTCConfiguration;
  tracks: LocalTracks;
  isPolite: () => boolean;
  /** Hands a signal to the other side's page; rejects when it could not. */
  send: (signal: Signal) => Promise<unknown>;
  /** The tracks of the other side's description are in `remote`. */
  onRemote: () => void;
  onStateChange: () => void;
}

const sayAgainAfterMs = 500;
const owedPauseMs = 1_500;
export function iceServersOf(servers: readonly IceServer[]): RTCIceServer[] {
  return servers.map(({ urls, username, credential }) => ({
    urls,
    ...(username != null ? { username } : {}),
    ...(credential != null ? { credential } : {}),
  }));
}

export class Negotiation {
  readonly pc: RTCPeerConnection;
  /** What arrives. */
  readonly remote = new MediaStream();
  /** Whether a description has been said or taken: from then on it belongs to one endpoint. */
  used = false;
  wasConnected = false;

  readonly #options: NegotiationOptions;
  readonly #senders: { audio: RTCRtpSender; video: RTCRtpSender };
  /** Settled when the offer that was made ahead is there to be said. */
  #ahead: Promise<void> | undefined;
  readonly #picture: SentPicture;
  #makingOffer = false;
  #settingRemoteAnswer = false;
  #ignoringOffer = false;
  /** Whether the last description could not be handed over. */
  #owesDescription = false;
  /** Date.now() when the last description was sent. */
  #saidAt = 0;
  /** Candidates that came before the description which they belong to. */
  #held: IceCandidate[] = [];
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: NegotiationOptions) {
    this.#options = options;
    const pc = options.create(options.configuration);
    this.pc = pc;
    const sent = new MediaStream();
    this.#senders = { audio: this.#add('audio', sent), video: this.#add('video', sent) };
    putSoundFirst(this.#senders.audio);
    this.#picture = new SentPicture(pc, this.#senders.video);

    pc.addEventListener('track', ({ track }) => {
      this.remote.addTrack(track);
    });
    pc.addEventListener('icecandidate', ({ candidate }) => {
      // What is found before the offer is said is in the offer.
      if (candidate && this.used) this.#sendCandidate(candidate);
    });
    pc.addEventListener('negotiationneeded', () => {
      // The first offer waits for its turn; later ones are ICE restarts.
      if (this.used) void this.offer();
    });
    pc.addEventListener('connectionstatechange', () => {
      if (this.#closed) return;
      if (pc.connectionState === 'connected') {
        if (!this.wasConnected) this.#picture.grow();
        this.wasConnected = true;
      }
      options.onStateChange();
    });
  }

  get connected(): boolean {
    return this.pc.connectionState === 'connected';
  }

  /** Sends other tracks, or none, without negotiating. */
  setTracks(tracks: LocalTracks): void {
    for (const kind of ['audio', 'video'] as const) {
      const sender = this.#senders[kind];
      // A connection closed meanwhile refuses; its tracks do not matter any more.
      if (sender.track !== tracks[kind]) sender.replaceTrack(tracks[kind]).catch(() => undefined);
    }
  }

  /** Whether an offer is ready to be said. Taking the other side's offer would cost a rollback. */
  get isAhead(): boolean {
    return this.#ahead !== undefined;
  }

  /** Makes the first offer before there is anybody to say it to. */
  offerAhead(): void {
    if (this.used || this.#closed) return;
    this.#ahead ??= this.pc.setLocalDescription().catch((error: unknown) => {
      this.#report('offer', error);
    });
  }

  async offer(): Promise<void> {
    if (this.#closed) return;
    const first = !this.used;
    this.used = true;
    this.#makingOffer = true;
    try {
      await (first && this.#ahead ? this.#ahead : this.pc.setLocalDescription());
      this.#sendDescription();
    } catch (error) {
      this.#report('offer', error);
    } finally {
      this.#makingOffer = false;
    }
  }

  take(signal: Signal): void {
    this.#work = this.#work.then(() =>
      'description' in signal
        ? this.#takeDescription(signal.description)
        : this.#takeCandidate(signal.candidate),
    );
  }

  /** The other side can be reached again: says what it may have missed. */
  catchUp(): void {
    if (this.#owesDescription || this.pc.signalingState === 'have-local-offer') {
      this.#sendDescription();
    }
  }

  /** Looks for a new path (ICE restart); the connection and its keys stay. */
  restart(iceServers: RTCIceServer[] | undefined, configuration: RTCConfiguration): void {
    if (this.#closed) return;
    if (iceServers) this.pc.setConfiguration({ ...configuration, iceServers });
    this.pc.restartIce();
  }

  close(): void {
    this.#closed = true;
    this.pc.close();
  }

  /**
   * A transceiver made by addTrack is matched to the other side's offer, one made by addTransceiver is
   * not (RFC 8829, section 5.10). So both are made with a track even while there is no device: one
   * that carries nothing and is taken out again. Real tracks come in without negotiating.
   */
  #add(kind: 'audio' | 'video', stream: MediaStream): RTCRtpSender {
    const track = this.#options.tracks[kind];
    if (track) return this.pc.addTrack(track, stream);
    const donor = this.#options.create({});
    const sender = this.pc.addTrack(donor.addTransceiver(kind).receiver.track, stream);
    sender.replaceTrack(null).catch(() => undefined);
    donor.close();
    return sender;
  }

  async #takeDescription({ type, sdp = '' }: SessionDescription): Promise<void> {
    if (this.#closed || type === 'rollback') return;
    const { pc } = this;
    const readyForOffer =
      !this.#makingOffer && (pc.signalingState === 'stable' || this.#settingRemoteAnswer);
    this.#ignoringOffer = !this.#options.isPolite() && type === 'offer' && !readyForOffer;
    if (this.#ignoringOffer) {
      // The other side should know our offer by now; when it does not, ours was lost on the way.
      if (Date.now() - this.#saidAt > sayAgainAfterMs) this.#sendDescription();
      return;
    }
    // An answer that was said twice, or to an offer that was given up.
    if (type === 'answer' && pc.signalingState !== 'have-local-offer') return;

    this.used = true;
    this.#settingRemoteAnswer = type === 'answer';
    try {
      // An offer of our own that is still open is rolled back by this (RFC 8829, section 4.1.10).
      await pc.setRemoteDescription({ type, sdp });
      this.#settingRemoteAnswer = false;
      // Sound and picture together, not one after the other with a page drawn in between.
      this.#options.onRemote();
      if (type === 'offer') {
        await pc.setLocalDescription();
        this.#sendDescription();
      }
      const held = this.#held;
      this.#held = [];
      for (const candidate of held) await this.#takeCandidate(candidate, false);
    } catch (error) {
      this.#report(type, error);
    } finally {
      this.#settingRemoteAnswer = false;
    }
  }

  async #takeCandidate(candidate: IceCandidate, mayHold = true): Promise<void> {
    // What belongs to an ignored offer must not be tried: it would spoil the same address later.
    if (this.#closed || this.#ignoringOffer) return;
    if (!this.#belongs(candidate)) {
      if (mayHold) this.#held.push(candidate);
      return;
    }
    try {
      await this.pc.addIceCandidate(candidate);
    } catch (error) {
      this.#report('candidate', error);
    }
  }

  /** Whether the description that a candidate belongs to (RFC 8838, section 11: by ufrag) is here. */
  #belongs({ usernameFragment }: IceCandidate): boolean {
    const description = this.pc.remoteDescription;
    if (!description) return false;
    return usernameFragment == null || description.sdp.includes(`ice-ufrag:${usernameFragment}`);
  }

  #sendDescription(): void {
    const description = this.pc.localDescription;
    if (this.#closed || !description || description.type === 'pranswer') return;
    const { type, sdp } = description;
    this.#owesDescription = false;
    this.#saidAt = Date.now();
    this.#options.send({ description: { type, sdp } }).catch((error: unknown) => {
      this.#owesDescription = true;
      // A page that is gone says when it is back; anything else passes, and nobody would ask again.
      if (!hasLiveCode(error, 'room.peer_gone')) setTimeout(() => this.#pay(), owedPauseMs);
    });
  }

  #pay(): void {
    if (this.#owesDescription) this.#sendDescription();
  }

  #sendCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate): void {
    if (this.#closed) return;
    // A candidate that is lost is lost: a description said later carries all that were found so far.
    this.#options
      .send({ candidate: { candidate, sdpMid, sdpMLineIndex, usernameFragment } })
      .catch(() => undefined);
  }

  #report(step: string, error: unknown): void {
    if (this.#closed) return;
    // Descriptions hold network addresses, so only the kind of failure is written.
    console.warn(`The call's ${step} failed: ${error instanceof Error ? error.name : 'unknown'}`);
  }
}
