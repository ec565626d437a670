/**
 * Chat messages of this page that the record has not acknowledged yet, in the order they were written.
 *
 * Each keeps the id it was born with, so that sending it again can never make it twice. The list is
 * in the tab's own storage: a reload goes on where it stopped.
 */
import { LiveError, mayPassLater } from './liveError';
import { newId } from './ids';
import { Store, type Readable } from './store';

export interface PendingMessage {
  message_id: string;
  text: string;
  /** When it was written, by this device's clock. */
  written_at: string;
  /** `sending` goes on by itself; `failed` waits for the person: retry or discard. */
  state: 'sending' | 'failed';
  error: LiveError | null;
}

type Stored = Pick<PendingMessage, 'message_id' | 'text' | 'written_at'>;

const prefix = 'televisit.outbox.';
/** Whose unsent messages this tab may keep and send. Signing out takes it away with all that is kept. */
const ownerKey = 'televisit.outbox-owner';

function own(accountId: string | undefined): void {
  try {
    if (accountId === undefined) window.sessionStorage.removeItem(ownerKey);
    else window.sessionStorage.setItem(ownerKey, accountId);
  } catch {
    // Without storage nothing is kept for anybody.
  }
}

function isOwner(accountId: string): boolean {
  try {
    return window.sessionStorage.getItem(ownerKey) === accountId;
  } catch {
    return true;
  }
}

function isStored(value: unknown): value is Stored {
  const message = value as Partial<Stored> | null;
  return (
    typeof message?.message_id === 'string' &&
    typeof message.text === 'string' &&
    typeof message.written_at === 'string'
  );
}

function load(key: string): PendingMessage[] {
  try {
    const stored: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? '[]');
    if (!Array.isArray(stored)) return [];
    return stored.filter(isStored).map(({ message_id, text, written_at }) => ({
      message_id,
      text,
      written_at,
      state: 'sending',
      error: null,
    }));
  } catch {
    return [];
  }
}

function save(key: string, messages: readonly PendingMessage[]): void {
  const stored = messages.map<Stored>(({ message_id, text, written_at }) => ({
    message_id,
    text,
    written_at,
  }));
  try {
    if (stored.length === 0) window.sessionStorage.removeItem(key);
    else window.sessionStorage.setItem(key, JSON.stringify(stored));
  } catch {
    // A browser that refuses storage still sends; only a reload would lose what is not yet sent.
  }
}

/** Forgets everything unsent of everybody but this account, or of everybody. */
export function clearOutboxes(keepAccountId?: string): void {
  own(keepAccountId);
  try {
    const storage = window.sessionStorage;
    for (const key of Object.keys(storage)) {
      const kept = keepAccountId !== undefined && key.startsWith(`${prefix}${keepAccountId}.`);
      if (key.startsWith(prefix) && !kept) storage.removeItem(key);
    }
  } catch {
    // Nothing could be stored, so nothing is left.
  }
}

/** Sends one message; resolves when the record has it. */
export type Deliver = (message: PendingMessage) => Promise<void>;

const triesBeforeFailed = 4;
const longestPauseMs = 4_000;

export class Outbox {
  readonly messages: Readable<readonly PendingMessage[]>;
  readonly #messages: Store<readonly PendingMessage[]>;
  readonly #accountId: string;
  readonly #key: string;
  readonly #deliver: Deliver;
  #open = false;
  /** Counts openings: what fails on an earlier connection says nothing about this one. */
  #opening = 0;
  #sending = false;
  #tries = new Map<string, number>();
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(accountId: string, consultationId: string, deliver: Deliver) {
    this.#accountId = accountId;
    this.#key = `${prefix}${accountId}.${consultationId}`;
    own(accountId);
    this.#messages = new Store<readonly PendingMessage[]>(load(this.#key));
    this.messages = this.#messages;
    this.#deliver = deliver;
  }

  add(text: string): string {
    const message: PendingMessage = {
      message_id: newId(),
      text,
      written_at: new Date().toISOString(),
      state: 'sending',
      error: null,
    };
    this.#set([...this.#messages.get(), message]);
    void this.#pump();
    return message.message_id;
  }

  retry(messageId: string): void {
    this.#tries.delete(messageId);
    this.#change(messageId, { state: 'sending', error: null });
    void this.#pump();
  }

  /** Drops a message that failed; the record never got it. */
  discard(messageId: string): void {
    this.#remove([messageId]);
  }

  /** The room is joined: send, oldest first. Begins afresh with what was lost on the way. */
  open(): void {
    this.#open = true;
    this.#opening += 1;
    clearTimeout(this.#pause);
    this.#pause = undefined;
    void this.#pump();
  }

  /** The room cannot be reached: keep everything until it is open again. */
  close(): void {
    this.#open = false;
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  /** The record has these, by whatever way it came to be known. */
  settle(messageIds: Iterable<string>): void {
    const waiting = new Set(this.#messages.get().map(({ message_id }) => message_id));
    const kept = [...messageIds].filter((id) => waiting.has(id));
    if (kept.length > 0) this.#remove(kept);
  }

  /** One at a time: the server may handle two events of one page in either order. */
  async #pump(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (;;) {
        if (!isOwner(this.#accountId)) {
          this.#forget();
          return;
        }
        const next = this.#messages.get().find(({ state }) => state === 'sending');
        if (!next || !this.#open || this.#pause !== undefined) return;
        const opening = this.#opening;
        try {
          await this.#deliver(next);
          this.settle([next.message_id]);
        } catch (failure) {
          this.#failed(next.message_id, failure, opening);
        }
      }
    } finally {
      this.#sending = false;
    }
  }

  #failed(messageId: string, failure: unknown, opening: number): void {
    const error = failure instanceof LiveError ? failure : new LiveError('page.closed');
    // The connection is gone, or the room must be joined again: whoever notices opens the box anew.
    if (error.code === 'network.unreachable' || error.code === 'room.not_joined') {
      if (opening === this.#opening) this.close();
      return;
    }
    const tries = (this.#tries.get(messageId) ?? 0) + 1;
    this.#tries.set(messageId, tries);
    if (mayPassLater(error) && tries < triesBeforeFailed) {
      const pauseMs = Math.min(longestPauseMs, (error.retryAfterS ?? 2 ** (tries - 2)) * 1000);
      this.#pause = setTimeout(() => {
        this.#pause = undefined;
        void this.#pump();
      }, pauseMs);
      return;
    }
    this.#change(messageId, { state: 'failed', error });
  }

  #change(messageId: string, change: Partial<PendingMessage>): void {
    this.#set(
      this.#messages
        .get()
        .map((message) => (message.message_id === messageId ? { ...message, ...change } : message)),
    );
  }

  #remove(messageIds: readonly string[]): void {
    for (const id of messageIds) this.#tries.delete(id);
    this.#set(this.#messages.get().filter(({ message_id }) => !messageIds.includes(message_id)));
  }

  #set(messages: readonly PendingMessage[]): void {
    if (!isOwner(this.#accountId)) {
      this.#forget();
      return;
    }
    save(this.#key, messages);
    this.#messages.set(messages);
  }

  /** Somebody else is at this screen now, or nobody: a page that lingers keeps and sends nothing more. */
  #forget(): void {
    this.close();
    this.#messages.set([]);
  }
}
