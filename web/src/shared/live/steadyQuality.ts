/**
 * A word for the connection that people can rely on: a moment's trouble is not told, and a moment's luck
 * neither. What holds for a while is, with the mildest change that held all the time. See
 * docs/call-quality.md.
 */
import type { Quality } from '../ui';

export const worseAfterMs = 2_000;
export const betterAfterMs = 6_000;
/** Nothing measured for so long: then there is no word. A switch to another way takes less. */
export const unknownAfterMs = 5_000;

const rank: Record<Quality, number> = { excellent: 0, good: 1, poor: 2, lost: 3 };

/** The worse of two words; of one that is not known the other. */
export function worseOf(one: Quality | null, other: Quality | null): Quality | null {
  if (one === null || other === null) return one ?? other;
  return rank[other] > rank[one] ? other : one;
}

/** A change that is looked at: since when, and how far it went all the time. */
interface Run {
  worse: boolean;
  since: number;
  mildest: Quality;
}

export class SteadyQuality {
  #shown: Quality | null = null;
  #run: Run | undefined;
  #unknownSince: number | undefined;

  /** What is shown from now on, after this word of this moment. Moments do not go back. */
  next(word: Quality | null, atMs: number): Quality | null {
    if (word === null) return this.#unknown(atMs);
    this.#unknownSince = undefined;
    const shown = this.#shown;
    // Nobody has to wait to learn that nothing comes through, nor that something does again.
    if (shown === null || word === 'lost' || shown === 'lost') return this.#show(word);
    if (word === shown) {
      this.#run = undefined;
      return shown;
    }
    const worse = rank[word] > rank[shown];
    if (this.#run?.worse !== worse) this.#run = { worse, since: atMs, mildest: word };
    const milder = worse === rank[word] < rank[this.#run.mildest];
    if (milder && word !== this.#run.mildest) this.#run.mildest = word;
    const held = atMs - this.#run.since >= (worse ? worseAfterMs : betterAfterMs);
    return held ? this.#show(this.#run.mildest) : shown;
  }

  reset(): void {
    this.#shown = null;
    this.#run = undefined;
    this.#unknownSince = undefined;
  }

  #unknown(atMs: number): Quality | null {
    this.#run = undefined;
    this.#unknownSince ??= atMs;
    if (atMs - this.#unknownSince >= unknownAfterMs) this.#shown = null;
    return this.#shown;
  }

  #show(word: Quality): Quality {
    this.#shown = word;
    this.#run = undefined;
    return word;
  }
}
