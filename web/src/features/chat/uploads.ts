/**
 * Files on their way into one visit's record: one after another, each tried again with the same id, so
 * that nothing is added twice. What is kept comes back as an entry of the record and leaves this list.
 */
import { ApiError, upload as httpUpload, type UploadOptions } from '../../shared/http';
import { newId, Store, type ConsultationRoom } from '../../shared/live';

/** As the server counts; it refuses the rest by the bytes themselves. */
export const fileBytesMax = 20 * 1024 * 1024;
export const fileTypes = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf'];
/** Systems that do not know a type by its name go by the ending. */
export const fileChoice = [...fileTypes, '.heic', '.heif'].join(',');

export interface Upload {
  message_id: string;
  file: File;
  /** The file's own bytes as an address of this page, to be shown until the record has it. */
  source: string;
  /** `kept`: the server has it; the entry itself is about to arrive. */
  state: 'sending' | 'kept' | 'failed';
  /** How much has left, from 0 to 1. */
  share: number;
  error: unknown;
}

type Send = <Answer>(path: string, file: Blob, options?: UploadOptions) => Promise<Answer>;

export class Uploads {
  readonly items = new Store<readonly Upload[]>([]);
  readonly #path: string;
  readonly #send: Send;
  #last: Promise<void> = Promise.resolve();

  constructor(consultationId: string, send: Send = httpUpload) {
    this.#path = `/api/consultations/${consultationId}/files`;
    this.#send = send;
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const tooLarge = file.size > fileBytesMax;
      const error = tooLarge ? new ApiError({ status: 413, code: 'input.too_large' }) : null;
      const state = tooLarge ? ('failed' as const) : ('sending' as const);
      const source = URL.createObjectURL(file);
      const item: Upload = { message_id: newId(), file, source, state, share: 0, error };
      this.items.set([...this.items.get(), item]);
      if (!tooLarge) this.#queue(item.message_id);
    }
  }

  retry(id: string): void {
    if (this.#find(id)?.state !== 'failed') return;
    this.#change(id, { state: 'sending', share: 0, error: null });
    this.#queue(id);
  }

  discard(id: string): void {
    this.#drop((item) => item.message_id === id);
  }

  /** Forgets what the record has by now. */
  settle(recorded: ReadonlySet<string>): void {
    this.#drop((item) => item.state === 'kept' && recorded.has(item.message_id));
  }

  #drop(over: (item: Upload) => boolean): void {
    const items = this.items.get();
    const gone = items.filter(over);
    if (gone.length === 0) return;
    for (const { source } of gone) URL.revokeObjectURL(source);
    this.items.set(items.filter((item) => !gone.includes(item)));
  }

  #queue(id: string): void {
    this.#last = this.#last.then(() => this.#deliver(id));
  }

  async #deliver(id: string): Promise<void> {
    const item = this.#find(id);
    if (item?.state !== 'sending') return;
    try {
      await this.#send(this.#path, item.file, {
        query: { message_id: id, name: item.file.name },
        onProgress: (share) => this.#change(id, { share }),
      });
      this.#change(id, { state: 'kept', share: 1 });
    } catch (error) {
      this.#change(id, { state: 'failed', error });
    }
  }

  #find(id: string): Upload | undefined {
    return this.items.get().find((item) => item.message_id === id);
  }

  #change(id: string, change: Partial<Upload>): void {
    this.items.set(
      this.items.get().map((item) => (item.message_id === id ? { ...item, ...change } : item)),
    );
  }
}

// They outlive the pane, as drafts do.
const known = new WeakMap<ConsultationRoom, Uploads>();

export function uploadsOf(room: ConsultationRoom): Uploads {
  const found = known.get(room) ?? new Uploads(room.consultationId);
  known.set(room, found);
  return found;
}
