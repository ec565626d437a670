import { hasLiveCode, mayPassLater } from './liveError';
import type { Sending } from './roomState';

const retryMs = 1_000;

/**
 * Tells the room what this page sends, whenever that changed since it was last told: one telling after
 * another, because the server may handle two events of a page in either order, and always the newest.
 */
export class SendingTeller {
  readonly #read: () => Sending;
  readonly #say: (sending: Sending) => Promise<unknown>;
  readonly #mayTell: () => boolean;
  #told: Sending | undefined;
  #telling = false;

  /** `mayTell` is false while there is no room to tell it: the next join says it anyway. */
  constructor(
    read: () => Sending,
    say: (sending: Sending) => Promise<unknown>,
    mayTell: () => boolean,
  ) {
    this.#read = read;
    this.#say = say;
    this.#mayTell = mayTell;
  }

  /** What a join told. */
  joinedWith(sending: Sending): void {
    this.#told = sending;
  }

  /** The connection, or the room, is gone: what the other side knows of us is not known any more. */
  forget(): void {
    this.#told = undefined;
  }

  /** Never rejects. */
  async tell(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    try {
      while (this.#mayTell() && this.#changed()) {
        this.#told = this.#read();
        await this.#say(this.#told);
      }
    } catch (error) {
      // The next join tells it anyway; a passing trouble within a connection is told again later.
      this.#told = undefined;
      if (mayPassLater(error) && !hasLiveCode(error, 'network.unreachable')) {
        setTimeout(() => void this.tell(), retryMs);
      }
    } finally {
      this.#telling = false;
    }
  }

  #changed(): boolean {
    const now = this.#read();
    return this.#told?.camera !== now.camera || this.#told.microphone !== now.microphone;
  }
}
