import type { WaitingView } from '../../protocol/signaling';

const refreshMs = 30_000;

/** Keeps a waiting patient's place up to date: read at once, on every hint and every half minute. */
export class WaitingWatch {
  readonly #read: () => Promise<WaitingView>;
  readonly #show: (waiting: WaitingView | null) => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #reading = false;
  /** Something changed since the reading under way was asked for. */
  #again = false;

  constructor(read: () => Promise<WaitingView>, show: (waiting: WaitingView | null) => void) {
    this.#read = read;
    this.#show = show;
  }

  /** Begins, goes on with a fresh reading, or ends and shows nothing. */
  watch(waits: boolean): void {
    if (!waits) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      this.#show(null);
      return;
    }
    this.#timer ??= setInterval(() => this.hint(), refreshMs);
    this.hint();
  }

  /** Something about the queue changed. */
  hint(): void {
    if (this.#timer !== undefined) void this.#refresh();
  }

  async #refresh(): Promise<void> {
    // One after another: two answers may come in either order, and the older one is wrong by now.
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    while (this.#again && this.#timer !== undefined) {
      this.#again = false;
      try {
        const waiting = await this.#read();
        if (this.#watches()) this.#show(waiting);
      } catch {
        // The last known place stays on the screen; the next hint or half minute asks again.
      }
    }
    this.#reading = false;
  }

  #watches(): boolean {
    return this.#timer !== undefined;
  }
}
