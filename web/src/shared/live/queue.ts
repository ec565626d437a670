import type { QueueView } from '../../protocol/signaling';
import { LiveError } from './liveError';
import type { LiveSocket } from './socket';
import { patch, Store, type Readable } from './store';

export interface QueueState {
  /** Null until the first answer. The last one stays while the connection is lost. */
  view: QueueView | null;
  /** Why the last reading failed; null when it did not. */
  error: LiveError | null;
}

const refreshMs = 60_000;
/** A hint is followed by others, and by work that is more urgent than a list. */
const hintPauseMs = 150;

/** Today's queue of the signed-in doctor, kept fresh: on every connect, every hint, and once a minute. */
export class DoctorQueue implements Readable<QueueState> {
  readonly get: () => QueueState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #state = new Store<QueueState>({ view: null, error: null });
  readonly #socket: LiveSocket;
  readonly #stops: (() => void)[];
  readonly #timer: ReturnType<typeof setInterval>;
  #hint: ReturnType<typeof setTimeout> | undefined;
  #reading = false;
  #again = false;

  constructor(socket: LiveSocket) {
    this.get = this.#state.get;
    this.subscribe = this.#state.subscribe;
    this.#socket = socket;
    const refresh = () => void this.refresh();
    const hinted = () => {
      this.#hint ??= setTimeout(() => {
        this.#hint = undefined;
        refresh();
      }, hintPauseMs);
    };
    this.#stops = [socket.connection.subscribe(refresh), socket.on('queue.changed', hinted)];
    this.#timer = setInterval(refresh, refreshMs);
    refresh();
  }

  /** Reads now; hints that come while reading lead to one more reading. Never rejects. */
  async refresh(): Promise<void> {
    if (this.#socket.connection.get().status !== 'online') return;
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    while (this.#again) {
      this.#again = false;
      try {
        patch(this.#state, { view: await this.#socket.request('queue.read', {}), error: null });
      } catch (error) {
        if (error instanceof LiveError) patch(this.#state, { error });
      }
    }
    this.#reading = false;
  }

  dispose(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#hint);
    for (const stop of this.#stops) stop();
  }
}
