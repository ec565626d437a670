/**
 * One consultation's room as this page knows it: who is here, what state it is in, the record so far,
 * what is not yet sent, the place in the queue. No media here; PeerLink has that.
 *
 * The room outlives connections. After each reconnect it joins again, naming the last entry that it
 * has, so what happened in between arrives and nothing is shown twice.
 */
import type {
  ConsultationView,
  EntryView,
  IceServer,
  Participant,
  RoomSnapshot,
} from '../../protocol/signaling';
import { completeUpTo, mergeEntries } from './entries';
import { GapFiller } from './gapFiller';
import { Joining } from './joining';
import { hasLiveCode, LiveError } from './liveError';
import { Outbox, type PendingMessage } from './outbox';
import { clockAhead, furthest } from './roomState';
import type { RoomKind, RoomListener, RoomOptions, RoomState, Sending } from './roomState';
import { SendingTeller } from './sendingTeller';
import type { BodyOf, ClientEvent, DataOf, LiveSocket } from './socket';
import { patch, Store, type Readable } from './store';
import { WaitingWatch } from './waitingWatch';

export class ConsultationRoom implements Readable<RoomState> {
  readonly consultationId: string;
  readonly kind: RoomKind;
  readonly get: () => RoomState;
  readonly subscribe: (listener: () => void) => () => void;

  readonly #socket: LiveSocket;
  readonly #accountId: string;
  readonly #state: Store<RoomState>;
  readonly #outbox: Outbox;
  readonly #waiting: WaitingWatch;
  readonly #gaps: GapFiller;
  readonly #teller: SendingTeller;
  readonly #joining: Joining;
  readonly #stops: (() => void)[] = [];
  readonly #listeners = new Set<RoomListener>();

  #disposed = false;

  constructor(socket: LiveSocket, consultationId: string, options: RoomOptions) {
    this.#socket = socket;
    this.#accountId = options.accountId;
    this.consultationId = consultationId;
    this.kind = options.kind;
    this.#teller = new SendingTeller(
      options.sending,
      (now) => {
        const { me } = this.get();
        if (me) patch(this.#state, { me: { ...me, ...now } });
        return this.request('media.set', { ...this.#id(), ...now });
      },
      () => this.get().phase === 'inside' && !this.#joining.underWay,
    );
    this.#joining = new Joining({
      socket,
      consultationId,
      kind: options.kind,
      takesPart: () => this.#takesPart(),
      consultation: () => this.get().consultation,
      completeUpTo: () => completeUpTo(this.get().entries),
      sending: options.sending,
      onBeginning: () => this.#tell((listener) => listener.beginning()),
      onJoined: (snapshot, sent) => this.#joined(snapshot, sent),
      onProblem: (error) => patch(this.#state, { error }),
      onRefused: (error) => this.#refused(error),
    });
    this.#outbox = new Outbox(options.accountId, consultationId, (message) =>
      this.#deliver(message),
    );
    this.#state = new Store<RoomState>({
      phase: 'outside',
      connection: socket.connection.get(),
      consultation: null,
      me: null,
      other: null,
      third: null,
      relay: false,
      guestChanges: 0,
      aheadMs: 0,
      otherSince: Date.now(),
      entries: [],
      outbox: this.#outbox.messages.get(),
      waiting: null,
      error: null,
    });
    this.#waiting = new WaitingWatch(
      () => this.request('waiting.read', this.#id()),
      (waiting) => patch(this.#state, { waiting }),
    );
    this.#gaps = new GapFiller(async () => {
      if (this.get().phase !== 'inside') return false;
      const before = completeUpTo(this.get().entries);
      const reply = await this.request('entries.read', { ...this.#id(), after_seq: before });
      this.#addEntries(reply.entries);
      return reply.more_entries && completeUpTo(this.get().entries) > before;
    });
    this.get = this.#state.get;
    this.subscribe = this.#state.subscribe;
    this.#listen();
  }

  // --- what a page does ---------------------------------------------------------------------------------

  /** Enters, or comes back after leaving. A patient who enters a planned visit arrives by it. */
  enter(): void {
    const { phase } = this.get();
    if (this.#disposed || phase === 'entering' || phase === 'inside') return;
    if (phase !== 'outside') this.#joining.renew();
    patch(this.#state, { phase: 'entering', error: null });
    this.#joining.forgive();
    void this.#joining.join();
  }

  /** What the person agrees to by entering, in the words that were shown: kept in the record. */
  agree(shown: { version: string; text: string }): void {
    this.#joining.agree(shown);
  }

  /** Brings the visit back to this page after another one took it. */
  takeBack(): void {
    if (this.get().phase === 'superseded') this.enter();
  }

  /**
   * Leaves on purpose; the visit goes on and `enter` comes back. A waiting patient gives up the place.
   * Never rejects: without a connection the server finds out by itself.
   */
  async leave(): Promise<void> {
    if (!this.#takesPart()) return;
    const left = this.#joining.sayLeft(true);
    this.#goOut('left');
    await left;
  }

  /** The doctor lets the waiting patient in. Rejects with LiveError. */
  async admit(): Promise<void> {
    await this.request('consultation.admit', this.#id());
  }

  /** The doctor ends the visit for both. Rejects with LiveError. */
  async finish(): Promise<void> {
    await this.request('consultation.finish', this.#id());
  }

  /** The doctor ends the visit as not suitable online. Rejects with LiveError; the same id again is safe. */
  async turnAway(
    decision: Omit<BodyOf<'consultation.unsuitable'>, 'consultation_id'>,
  ): Promise<void> {
    await this.request('consultation.unsuitable', { ...this.#id(), ...decision });
  }

  /** Writes a chat message; it is sent, kept and sent again as needed. Returns its id. */
  send(text: string): string {
    return this.#outbox.add(text);
  }

  retryMessage(messageId: string): void {
    this.#outbox.retry(messageId);
  }

  discardMessage(messageId: string): void {
    this.#outbox.discard(messageId);
  }

  /** Tells the room what this page sends, when that changed since it was last told. */
  tellSending(): Promise<void> {
    return this.#teller.tell();
  }

  // --- what PeerLink does -------------------------------------------------------------------------------

  get endpointId(): string {
    return this.#joining.endpointId;
  }

  /** Comes back as a new endpoint, so that the other side starts afresh too: the last resort of a call. */
  startAfresh(): void {
    if (this.get().phase !== 'inside') return;
    this.#joining.renew();
    void this.#joining.join();
  }

  observe(listener: RoomListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** A request about this room. Rejects with LiveError; joins again when the server lost sight of us. */
  async request<Event extends ClientEvent>(
    event: Event,
    body: BodyOf<Event>,
  ): Promise<DataOf<Event>> {
    try {
      return await this.#socket.request(event, body);
    } catch (error) {
      if (this.get().phase === 'inside') {
        if (hasLiveCode(error, 'room.not_joined')) void this.#joining.join();
        if (hasLiveCode(error, 'room.superseded')) this.#goOut('superseded');
      }
      throw error;
    }
  }

  async readIceServers(): Promise<IceServer[]> {
    return (await this.request('ice.read', this.#id())).ice_servers;
  }

  /**
   * Ends this page's part without a word to the person. A call is left properly, so that the other
   * side knows; a waiting patient's place is not given up by merely looking at another page.
   */
  dispose(): void {
    if (this.#disposed) return;
    if (this.#takesPart()) void this.#joining.sayLeft(false);
    this.#goOut('left');
    this.#disposed = true;
    for (const stop of this.#stops) stop();
    this.#listeners.clear();
  }

  // --- within -------------------------------------------------------------------------------------------

  #id(): { consultation_id: string } {
    return { consultation_id: this.consultationId };
  }

  #listen(): void {
    const mine = (body: { consultation_id: string }) =>
      body.consultation_id === this.consultationId;
    const socket = this.#socket;
    this.#stops.push(
      socket.connection.subscribe(() => this.#connectionChanged()),
      this.#outbox.messages.subscribe(() =>
        patch(this.#state, { outbox: this.#outbox.messages.get() }),
      ),
      socket.on('room.presence', (body) => {
        if (!mine(body) || !this.#takesPart()) return;
        if (this.#thirdChanged(body.participant)) return;
        this.#otherChanged(body.participant);
        this.#tell((listener) => listener.presence(body.participant));
      }),
      socket.on('room.state', (body) => {
        if (mine(body) && this.#takesPart()) this.#consultationChanged(body.consultation);
      }),
      socket.on('entry.added', (body) => {
        if (mine(body) && this.#takesPart()) this.#addEntries([body.entry]);
      }),
      socket.on('room.superseded', (body) => {
        // While a join is on its way this is about an earlier endpoint of the same page.
        if (mine(body) && this.get().phase === 'inside' && !this.#joining.underWay) {
          this.#goOut('superseded');
        }
      }),
      socket.on('signal.description', (body) => {
        if (mine(body)) this.#tell((listener) => listener.description(body));
      }),
      socket.on('signal.candidate', (body) => {
        if (mine(body)) this.#tell((listener) => listener.candidate(body));
      }),
      socket.on('guest.changed', (body) => {
        if (mine(body)) patch(this.#state, { guestChanges: this.get().guestChanges + 1 });
      }),
      socket.on('waiting.changed', () => this.#waiting.hint()),
    );
  }

  /** Broadcasts may overtake the answer to the join that made us part of the room. */
  #takesPart(): boolean {
    const { phase } = this.get();
    return phase === 'inside' || phase === 'entering';
  }

  #tell(say: (listener: RoomListener) => void): void {
    for (const listener of [...this.#listeners]) say(listener);
  }

  #connectionChanged(): void {
    const connection = this.#socket.connection.get();
    patch(this.#state, { connection });
    if (connection.status === 'online') {
      this.#joining.forgive();
      if (this.#takesPart()) void this.#joining.join();
    } else {
      this.#outbox.close();
      this.#teller.forget();
    }
  }

  #joined(answer: RoomSnapshot, sending: Sending): void {
    if (answer.me.account_id !== this.#accountId) {
      // Another tab of this browser signed somebody else in, and the connection came back as theirs.
      void this.#joining.sayLeft(true);
      this.#goOut('refused');
      patch(this.#state, { error: new LiveError('auth.required') });
      return;
    }
    const snapshot = { ...answer, consultation: furthest(this.get().consultation, answer) };
    this.#teller.joinedWith(sending);
    patch(this.#state, {
      phase: 'inside',
      error: null,
      consultation: snapshot.consultation,
      me: snapshot.me,
      third: snapshot.third ?? null,
      relay: snapshot.call.relay,
      guestChanges: this.get().guestChanges + 1,
      aheadMs: clockAhead(snapshot.at, this.get().aheadMs),
    });
    this.#otherChanged(snapshot.other);
    this.#addEntries(snapshot.entries);
    if (snapshot.more_entries) void this.#gaps.fill();
    this.#tell((listener) => listener.joined(snapshot));
    this.#outbox.open();
    void this.tellSending();
    this.#watchWaiting();
  }

  #refused(error: LiveError): void {
    if (error.code === 'room.superseded') {
      this.#goOut('superseded');
      return;
    }
    this.#goOut('refused');
    patch(this.#state, { error });
  }

  #goOut(phase: 'superseded' | 'left' | 'refused'): void {
    this.#joining.stop();
    this.#gaps.stop();
    this.#waiting.watch(false);
    this.#outbox.close();
    this.#teller.forget();
    const wasOut = !this.#takesPart();
    patch(this.#state, { phase });
    if (!wasOut) this.#tell((listener) => listener.out());
  }

  #otherChanged(other: Participant): void {
    const same = this.get().other?.presence === other.presence;
    patch(this.#state, { other, ...(same ? {} : { otherSince: Date.now() }) });
  }

  /** Whether this is about the third person, whom the two-person part of the call has nothing to do with. */
  #thirdChanged(participant: Participant): boolean {
    const isThird =
      this.kind === 'guest' ? participant.role === 'patient' : participant.role === 'guest';
    if (isThird) {
      const gone = participant.presence === 'away' && participant.role === 'guest';
      patch(this.#state, { third: gone ? null : participant });
    }
    return isThird;
  }

  #consultationChanged(consultation: ConsultationView): void {
    patch(this.#state, { consultation });
    this.#tell((listener) => listener.state(consultation));
    this.#watchWaiting();
  }

  // --- the record ---------------------------------------------------------------------------------------

  async #deliver({ message_id, text }: PendingMessage): Promise<void> {
    const kept = await this.request('chat.send', { ...this.#id(), message_id, text });
    const author_id = this.get().me?.account_id ?? null;
    this.#addEntries([{ ...kept, message_id, author_id, kind: 'chat', text, detail: null }]);
  }

  #addEntries(added: readonly EntryView[]): void {
    const entries = mergeEntries(this.get().entries, added);
    patch(this.#state, { entries });
    const mine = this.get().me?.account_id;
    this.#outbox.settle(
      added.filter(({ author_id }) => author_id === mine).map(({ message_id }) => message_id),
    );
    this.#gaps.look(entries);
  }

  // --- waiting ------------------------------------------------------------------------------------------

  #watchWaiting(): void {
    const { phase, consultation } = this.get();
    const state = consultation?.state;
    const waits = phase === 'inside' && (state === 'planned' || state === 'arrived');
    this.#waiting.watch(this.kind === 'patient' && waits);
  }
}
