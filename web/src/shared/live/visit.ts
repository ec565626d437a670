/** One consultation on this page: the room, the link to the other side and the devices, wired together. */
import type { ConsultationView, Participant } from '../../protocol/signaling';
import type { LinkOptions } from './linkState';
import type { LocalMedia } from './media';
import { sendingOf } from './mediaState';
import { PeerLink } from './peer';
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
  readonly link: PeerLink;
  readonly media: LocalMedia;
  readonly #stops: (() => void)[];
  #otherWasHere = false;

  constructor(
    socket: LiveSocket,
    media: LocalMedia,
    consultationId: string,
    { create, ...options }: VisitOptions,
  ) {
    this.media = media;
    const room = new ConsultationRoom(socket, consultationId, {
      ...options,
      sending: () => sendingOf(media.get()),
    });
    this.room = room;
    this.link = new PeerLink({
      send: (to_endpoint, signal) =>
        'description' in signal
          ? room.request('signal.description', {
              consultation_id: consultationId,
              to_endpoint,
              description: signal.description,
            })
          : room.request('signal.candidate', {
              consultation_id: consultationId,
              to_endpoint,
              candidate: signal.candidate,
            }),
      readIceServers: () => room.readIceServers(),
      expectsPicture: () => room.get().other?.camera ?? false,
      onHopeless: () => room.startAfresh(),
      iceTransportPolicy: transportPolicy(),
      ...(create ? { create } : {}),
    });
    this.#stops = [this.#wireRoom(), this.#wireMedia()];
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
  }

  #wireMedia(): () => void {
    const follow = () => {
      const { status, microphone, camera } = this.media.get();
      this.link.setTracks({ audio: microphone.track, video: camera.track });
      if (status === 'ready') this.link.prepare();
      void this.room.tellSending();
    };
    follow();
    return this.media.subscribe(follow);
  }

  #wireRoom(): () => void {
    const { room, link } = this;
    return room.observe({
      beginning: () => link.reset(),
      joined: (snapshot) => {
        link.configure(snapshot.ice_servers, snapshot.polite);
        this.#otherWasHere = snapshot.other.presence === 'here';
        this.#meet(snapshot.consultation, snapshot.other, false);
        link.catchUp();
        this.#settle(snapshot.consultation);
      },
      presence: (other) => {
        const back = other.presence === 'here' && !this.#otherWasHere;
        this.#otherWasHere = other.presence === 'here';
        this.#meet(room.get().consultation, other, true);
        if (back) link.catchUp();
      },
      state: (consultation) => {
        this.#meet(consultation, room.get().other, room.kind === 'doctor');
        this.#settle(consultation);
      },
      description: ({ from_endpoint, description }) => link.receive(from_endpoint, { description }),
      candidate: ({ from_endpoint, candidate }) => link.receive(from_endpoint, { candidate }),
      out: () => {
        link.reset();
        this.media.release(this);
      },
    });
  }

  /** Who offers next; and an ended visit, also one that is only looked at, uses no devices. */
  #settle({ state }: ConsultationView): void {
    const begun = state === 'in-progress';
    this.link.setLeads(begun || (state === 'arrived' && this.room.kind === 'doctor'));
    if (state !== 'finished' && state !== 'cancelled') return;
    this.link.reset();
    this.media.release(this);
  }

  /** Sound and picture begin with the admission, not in the waiting room. */
  #meet(consultation: ConsultationView | null, other: Participant | null, lead: boolean): void {
    if (consultation?.state !== 'in-progress' || !other) return;
    if (other.endpoint_id === null) this.link.detach();
    else this.link.attach(other.endpoint_id, lead && other.presence === 'here');
  }
}
