/** One consultation on this page: the room, both ways of its call and the devices, wired together. */
import type { CallView, ConsultationView, Participant } from '../../protocol/signaling';
import { CallLink } from './callLink';
import type { LinkOptions } from './linkState';
import type { LocalMedia } from './media';
import { sendingOf } from './mediaState';
import { PeerLink } from './peer';
import { RelayLink } from './relayLink';
import { ConsultationRoom } from './room';
import type { RoomOptions } from './roomState';
import type { LiveSocket } from './socket';

export interface VisitOptions extends Omit<RoomOptions, 'sending'> {
  /** For tests: another RTCPeerConnection. */
  create?: LinkOptions['create'];
}

/** `?relay=only` sends everything through TURN: support asks for it when a direct path misbehaves. */
function transportPolicy(): RTCIceTransportPolicy {
  return new URLSearchParams(window.location.search).get('relay') === 'only' ? 'relay' : 'all';
}

export class Visit {
  readonly room: ConsultationRoom;
  readonly link: CallLink;
  readonly media: LocalMedia;
  readonly #p2p: PeerLink;
  readonly #relay: RelayLink;
  readonly #consultationId: string;
  readonly #stops: (() => void)[];
  #otherWasHere = false;
  /** What the hospital chose last; followed from the admission on. */
  #call: CallView | undefined;

  constructor(
    socket: LiveSocket,
    media: LocalMedia,
    consultationId: string,
    { create, ...options }: VisitOptions,
  ) {
    this.media = media;
    this.#consultationId = consultationId;
    const room = new ConsultationRoom(socket, consultationId, {
      ...options,
      sending: () => sendingOf(media.get()),
    });
    this.room = room;
    const of = { consultation_id: consultationId };
    const shared = {
      expected: () => {
        const { other } = room.get();
        const here = other?.presence === 'here';
        return { sound: here && other.microphone, picture: here && other.camera };
      },
      iceTransportPolicy: transportPolicy(),
      ...(create ? { create } : {}),
    };
    this.#p2p = new PeerLink({
      send: (to_endpoint, signal) =>
        'description' in signal
          ? room.request('signal.description', { ...of, to_endpoint, ...signal })
          : room.request('signal.candidate', { ...of, to_endpoint, ...signal }),
      readIceServers: () => room.readIceServers(),
      onHopeless: () => room.startAfresh(),
      ...shared,
    });
    this.#relay = new RelayLink({
      answer: (seat, revision, sdp) => room.request('relay.answer', { ...of, seat, revision, sdp }),
      restart: (seat) => room.request('relay.restart', { ...of, seat }),
      doubtSignalling: (ms) => socket.doubt(ms),
      whose: () => room.get().other?.account_id ?? null,
      third: () => room.get().third?.account_id ?? null,
      ...shared,
    });
    this.link = new CallLink({
      p2p: this.#p2p,
      relay: this.#relay,
      trouble: (trouble, generation) =>
        room.request('call.trouble', { ...of, trouble, generation }),
      settled: (generation) => room.request('call.settled', { ...of, generation }),
      other: () => {
        const other = room.get().other;
        const here = other?.presence === 'here';
        return { here, sound: other?.microphone ?? false, picture: other?.camera ?? false };
      },
    });
    this.#stops = [this.#wireRoom(), this.#wireCall(socket), this.#wireMedia(), this.#wirePeople()];
  }

  /** Enters the room and opens the devices; neither waits for the other. */
  enter(): void {
    this.room.enter();
    void this.media.acquire(this);
  }

  dispose(): void {
    this.room.dispose();
    for (const stop of this.#stops) stop();
    this.link.dispose();
    this.#p2p.dispose();
    this.#relay.dispose();
  }

  #wireMedia(): () => void {
    const follow = () => {
      const { status, microphone, camera } = this.media.get();
      const tracks = { audio: microphone.track, video: camera.track };
      this.#p2p.setTracks(tracks);
      this.#relay.setTracks(tracks);
      if (status === 'ready' && this.#mayMeet) this.#p2p.prepare();
      void this.room.tellSending();
    };
    follow();
    return this.media.subscribe(follow);
  }

  /** The relay's streams are told apart by who is here. */
  #wirePeople(): () => void {
    let known: string | undefined;
    return this.room.subscribe(() => {
      const third = this.room.get().third?.account_id;
      if (third === known) return;
      known = third;
      this.#relay.peopleChanged();
    });
  }

  /** What the hospital says of the way that the call goes, while this page takes part. */
  #wireCall(socket: LiveSocket): () => void {
    const { room, link } = this;
    const mine = ({ consultation_id }: { consultation_id: string }) =>
      consultation_id === this.#consultationId &&
      (room.get().phase === 'inside' || room.get().phase === 'entering');
    const stops = [
      socket.on('call.path', (body) => {
        if (!mine(body)) return;
        const { consultation, other } = room.get();
        this.#follow(body.call, consultation);
        this.#meet(consultation, other, room.kind === 'doctor');
      }),
      socket.on('call.settled', (body) => {
        if (mine(body)) link.settled(body.generation);
      }),
      socket.on('call.figures', (body) => {
        const { me, other, third } = room.get();
        const of = (who: string | undefined) =>
          body.figures.find(({ account_id }) => account_id === who);
        if (mine(body)) {
          link.judged({
            me: of(me?.account_id),
            other: of(other?.account_id),
            third: of(third?.account_id),
          });
        }
      }),
      socket.on('relay.offer', (body) => {
        if (mine(body)) this.#relay.receive(body);
      }),
      socket.on('relay.ended', (body) => {
        if (mine(body)) this.#relay.ended(body.seat);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }

  #follow(call: CallView, consultation: ConsultationView | null): void {
    this.#call = call;
    if (consultation?.state === 'in-progress') this.link.follow(call);
  }

  /** Guests meet nobody directly: nobody learns of their network address, nor they of anybody's. */
  get #mayMeet(): boolean {
    return this.#way === 'p2p' && this.room.kind !== 'guest';
  }

  get #way(): CallView['path'] {
    return this.#call?.path ?? 'p2p';
  }

  #wireRoom(): () => void {
    const { room, link } = this;
    const p2p = this.#p2p;
    return room.observe({
      beginning: () => link.reset(),
      joined: (snapshot) => {
        p2p.configure(snapshot.ice_servers, snapshot.polite);
        this.#relay.configure(snapshot.ice_servers);
        this.#otherWasHere = snapshot.other.presence === 'here';
        this.#follow(snapshot.call, snapshot.consultation);
        this.#meet(snapshot.consultation, snapshot.other, false);
        p2p.catchUp();
        this.#relay.catchUp();
        this.#settle(snapshot.consultation);
      },
      presence: (other) => {
        const back = other.presence === 'here' && !this.#otherWasHere;
        this.#otherWasHere = other.presence === 'here';
        this.#meet(room.get().consultation, other, true);
        if (back) p2p.catchUp();
      },
      state: (consultation) => {
        if (this.#call) this.#follow(this.#call, consultation);
        this.#meet(consultation, room.get().other, room.kind === 'doctor');
        this.#settle(consultation);
      },
      description: ({ from_endpoint, description }) => p2p.receive(from_endpoint, { description }),
      candidate: ({ from_endpoint, candidate }) => p2p.receive(from_endpoint, { candidate }),
      out: () => {
        link.reset();
        this.media.release(this);
      },
    });
  }

  /** Who offers next; and an ended visit, also one that is only looked at, uses no devices. */
  #settle({ state }: ConsultationView): void {
    const begun = state === 'in-progress';
    this.#p2p.setLeads(begun || (state === 'arrived' && this.room.kind === 'doctor'));
    if (state !== 'finished' && state !== 'cancelled') return;
    this.link.reset();
    this.media.release(this);
  }

  /** Sound and picture begin with the admission, not in the waiting room; the relay's need no meeting. */
  #meet(consultation: ConsultationView | null, other: Participant | null, lead: boolean): void {
    if (consultation?.state !== 'in-progress' || !other || !this.#mayMeet) return;
    if (other.endpoint_id === null) this.#p2p.detach();
    else this.#p2p.attach(other.endpoint_id, lead && other.presence === 'here');
  }
}
