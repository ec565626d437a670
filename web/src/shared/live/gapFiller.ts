import type { EntryView } from '../../protocol/signaling';
import { hasGap } from './entries';

const patienceMs = 150;

/** Asks for entries that are missing between those that a page has, when they do not come by themselves. */
export class GapFiller {
  readonly #readMore: () => Promise<boolean>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #filling = false;

  /** `readMore` reads the next entries after the gap's edge and says whether there are more to read. */
  constructor(readMore: () => Promise<boolean>) {
    this.#readMore = readMore;
  }

  /** The page has these entries now. What is missing is usually on its way already. */
  look(entries: readonly EntryView[]): void {
    this.stop();
    if (hasGap(entries)) this.#timer = setTimeout(() => void this.fill(), patienceMs);
  }

  async fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    try {
      while (await this.#readMore());
    } catch {
      // Joining again brings what is missing.
    } finally {
      this.#filling = false;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
