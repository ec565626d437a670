/**
 * This page's way into one room and out of it: the endpoint it comes as, the join that is under way, the
 * next try after one that failed, and the word that it has gone.
 */
import type { ConsentGiven, ConsultationView, RoomSnapshot } from '../../protocol/signaling';
import { digestOf } from './digest';
import { newId } from './ids';
import { LiveError, mayPassLater } from './liveError';
import type { RoomKind, Sending } from './roomState';
import type { LiveSocket } from './socket';

const longestPauseMs = 3_000;

export interface JoiningOptions {
  socket: LiveSocket;
  consultationId: string;
  kind: RoomKind;
  /** Whether the page is in the room or on its way: nothing is asked otherwise. */
  takesPart: () => boolean;
  consultation: () => ConsultationView | null;
  /** The last entry up to which the page has the whole record. */
  completeUpTo: () => number;
  sending: () => Sending;
  /** A join as a new endpoint is about to be asked. */
  onBeginning: () => void;
  onJoined: (snapshot: RoomSnapshot, sent: Sending) => void;
  /** It failed and is tried again; told from the second time on. */
  onProblem: (error: LiveError) => void;
  /** It failed for good. */
  onRefused: (error: LiveError) => void;
}

export class Joining {
  readonly #options: JoiningOptions;
  #endpointId = newId();
  /** The endpoint of the last successful join; another one means that peers must start afresh. */
  #joinedAs: string | undefined;
  #joining = false;
  /** The join that was sent and is not answered yet. Its answer is nothing when it failed. */
  #asked: { endpoint: string; answer: Promise<RoomSnapshot | undefined> } | undefined;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Said with every join until one is answered. */
  #consent: Promise<ConsentGiven | undefined> | undefined;

  constructor(options: JoiningOptions) {
    this.#options = options;
  }

  get endpointId(): string {
    return this.#endpointId;
  }

  get underWay(): boolean {
    return this.#joining;
  }

  /** The next join comes as somebody new. */
  renew(): void {
    this.#endpointId = newId();
  }

  /** Failures so far do not count any more. */
  forgive(): void {
    this.#tries = 0;
  }

  /** No further try; the next join is one after having been away. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#joinedAs = undefined;
  }

  agree({ version, text }: { version: string; text: string }): void {
    const message_id = newId();
    this.#consent = digestOf(text).then((digest) =>
      digest === undefined ? undefined : { message_id, version, digest },
    );
  }

  /** Joins, unless a join is under way or there is no connection: with the next one the room joins again. */
  async join(): Promise<void> {
    const { socket, takesPart } = this.#options;
    clearTimeout(this.#timer);
    if (this.#joining || !takesPart()) return;
    if (socket.connection.get().status !== 'online') return;
    this.#joining = true;
    const endpoint = this.#endpointId;
    const sending = this.#options.sending();
    // Signals for the new endpoint may overtake the answer, so what is old ends before the question.
    if (this.#joinedAs !== endpoint) this.#options.onBeginning();
    let snapshot: RoomSnapshot | undefined;
    try {
      snapshot = await this.#ask(endpoint, sending);
    } catch (error) {
      this.#failed(error);
      return;
    } finally {
      this.#joining = false;
      this.#asked = undefined;
    }
    if (snapshot === undefined || !takesPart()) return;
    if (endpoint !== this.#endpointId) {
      void this.join();
      return;
    }
    this.#joinedAs = endpoint;
    this.#tries = 0;
    this.#options.onJoined(snapshot, sending);
  }

  /**
   * Says that this page has gone, after a join that is under way: the server may handle the two in
   * either order, and a page that joins last is there for the other side. A waiting patient's place is
   * given up only with `evenWaiting`. Never rejects.
   */
  async sayLeft(evenWaiting: boolean): Promise<void> {
    const { socket, kind, consultationId } = this.#options;
    let consultation = this.#options.consultation();
    const join = this.#asked;
    if (join) consultation = (await join.answer)?.consultation ?? consultation;
    else if (this.#joinedAs === undefined) return;
    const waits = kind === 'patient' && consultation?.state !== 'in-progress';
    if (waits && !evenWaiting) return;
    const endpoint_id = join?.endpoint ?? this.#endpointId;
    try {
      await socket.request('room.leave', { consultation_id: consultationId, endpoint_id });
    } catch {
      // Without a connection the server finds out by itself.
    }
  }

  /** The room's answer; nothing when the page went out before it was asked. */
  async #ask(endpoint: string, sending: Sending): Promise<RoomSnapshot | undefined> {
    const { socket, consultationId, takesPart, completeUpTo } = this.#options;
    const agreed = this.#consent;
    const consent = agreed && (await agreed);
    if (!takesPart()) return undefined;
    const asked = socket.request('room.join', {
      consultation_id: consultationId,
      endpoint_id: endpoint,
      after_seq: completeUpTo(),
      ...sending,
      ...(consent ? { consent } : {}),
    });
    this.#asked = { endpoint, answer: asked.catch(() => undefined) };
    const snapshot = await asked;
    if (this.#consent === agreed) this.#consent = undefined;
    return snapshot;
  }

  #failed(failure: unknown): void {
    const error = failure instanceof LiveError ? failure : new LiveError('response.unreadable');
    if (!this.#options.takesPart() || error.code === 'network.unreachable') return;
    if (!mayPassLater(error)) {
      this.#options.onRefused(error);
      return;
    }
    const pauseMs = (error.retryAfterS ?? 0) * 1000 || 250 * 2 ** this.#tries;
    this.#tries += 1;
    this.#timer = setTimeout(() => void this.join(), Math.min(longestPauseMs, pauseMs));
    if (this.#tries > 1) this.#options.onProblem(error);
  }
}
