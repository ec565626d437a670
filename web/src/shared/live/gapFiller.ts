import type { EntryView } from '../../protocol/signaling';
import { hasGap } from './entries';

const patienceMs = 150;
/** After what failed; a lost connection is joined again, and that brings what is missing. */
const retryMs = 2_000;
const longestRetryMs = 30_000;

/** Asks for entries that are missing between those that a page has, when they do not come by themselves. */
export class GapFiller {
  readonly #readMore: () => Promise<boolean>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #filling = false;
  #failures = 0;

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
      this.#failures = 0;
    } catch {
      this.stop();
      const pauseMs = Math.min(longestRetryMs, retryMs * 2 ** this.#failures);
      this.#failures += 1;
      this.#timer = setTimeout(() => void this.fill(), pauseMs);
    } finally {
      this.#filling = false;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
