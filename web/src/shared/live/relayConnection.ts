/**
 * One RTCPeerConnection to the hospital's relay, for one seat. The relay always offers and this side
 * answers; there is no glare, and no candidates are signalled: the relay's are in its offers.
 */
import type { RelayOffer } from '../../protocol/signaling';
import type { CreateConnection, LocalTracks } from './negotiation';
import { putSoundFirst } from './sentPicture';

export interface RelayConnectionOptions {
  seat: string;
  create: CreateConnection;
  configuration: RTCConfiguration;
  tracks: LocalTracks;
  /** Hands an answer to the relay; rejects when it could not. */
  answer: (seat: string, revision: number, sdp: string) => Promise<unknown>;
  onStreams: () => void;
  onStateChange: () => void;
}

const kindOf: Record<string, keyof LocalTracks> = { microphone: 'audio', camera: 'video' };

export class RelayConnection {
  readonly seat: string;
  readonly pc: RTCPeerConnection;
  /** What arrives, by the account that sends it; the same object for as long as it sends. */
  readonly streams = new Map<string, MediaStream>();
  wasConnected = false;

  readonly #options: RelayConnectionOptions;
  readonly #senders = new Map<keyof LocalTracks, RTCRtpSender>();
  #tracks: LocalTracks;
  #publishers: Record<string, string> = {};
  /** The last answer, for an offer that comes again. */
  #answered: { revision: number; sdp: string } | undefined;
  #work: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: RelayConnectionOptions) {
    this.#options = options;
    this.#tracks = options.tracks;
    this.seat = options.seat;
    this.pc = options.create(options.configuration);
    this.pc.addEventListener('track', ({ track, streams }) => {
      const publisher = streams[0]?.id ?? '';
      this.#arrives(this.#publishers[publisher] ?? publisher, track);
    });
    this.pc.addEventListener('connectionstatechange', () => {
      if (this.#closed) return;
      if (this.connected) this.wasConnected = true;
      options.onStateChange();
    });
  }

  get connected(): boolean {
    return this.pc.connectionState === 'connected';
  }

  setTracks(tracks: LocalTracks): void {
    this.#tracks = tracks;
    for (const [kind, sender] of this.#senders) {
      if (sender.track !== tracks[kind]) sender.replaceTrack(tracks[kind]).catch(() => undefined);
    }
  }

  /** Takes an offer after those that came before it. */
  take(offer: RelayOffer): void {
    this.#work = this.#work.then(() => this.#answer(offer));
  }

  close(): void {
    this.#closed = true;
    this.pc.close();
  }

  async #answer({ revision, sdp, sources, publishers }: RelayOffer): Promise<void> {
    if (this.#closed) return;
    this.#publishers = publishers;
    if (this.#answered?.revision !== revision) {
      if (this.#answered && this.#answered.revision > revision) return;
      try {
        await this.pc.setRemoteDescription({ type: 'offer', sdp });
        for (const transceiver of this.pc.getTransceivers()) {
          await this.#send(transceiver, kindOf[sources[transceiver.mid ?? ''] ?? '']);
        }
        await this.pc.setLocalDescription();
      } catch (error) {
        this.#report(error);
        return;
      }
      this.#answered = { revision, sdp: this.pc.localDescription?.sdp ?? '' };
      const sound = this.#senders.get('audio');
      if (sound) putSoundFirst(sound);
    }
    // One that is lost on the way is asked for again: the relay says its offer once more.
    await this.#options.answer(this.seat, revision, this.#answered.sdp).catch(() => undefined);
  }

  /** A line of our own is sent on also while the device is off: a track comes in without negotiating. */
  async #send(transceiver: RTCRtpTransceiver, kind: keyof LocalTracks | undefined): Promise<void> {
    if (!kind || this.#senders.get(kind) === transceiver.sender) return;
    this.#senders.set(kind, transceiver.sender);
    transceiver.direction = 'sendonly';
    await transceiver.sender.replaceTrack(this.#tracks[kind]);
  }

  #arrives(who: string, track: MediaStreamTrack): void {
    const stream = this.streams.get(who) ?? new MediaStream();
    // Somebody who reloaded sends anew: what they sent before has ended.
    for (const old of stream.getTracks()) {
      if (old.kind === track.kind && old !== track) stream.removeTrack(old);
    }
    stream.addTrack(track);
    this.streams.set(who, stream);
    this.#options.onStreams();
  }

  #report(error: unknown): void {
    if (this.#closed) return;
    // Descriptions hold network addresses, so only the kind of failure is written.
    console.warn(`The relay's offer failed: ${error instanceof Error ? error.name : 'unknown'}`);
  }
}
