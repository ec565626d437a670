import type { Quality } from '../ui';
import { qualityOf, sampleOf, totalsOf, type LinkSample, type LinkTotals } from './linkStats';
import type { Negotiation } from './negotiation';

const everyMs = 1_000;

/** Measures one connection every second, until stopped or started on another one. */
export class LinkMeter {
  readonly #expectsPicture: () => boolean;
  readonly #onSample: (sample: LinkSample, quality: Quality | null) => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #negotiation: Negotiation | undefined;
  #totals: LinkTotals | undefined;
  #silentMs = 0;
  #last: Quality | null = null;
  #shown: Quality | null = null;

  constructor(
    expectsPicture: () => boolean,
    onSample: (sample: LinkSample, quality: Quality | null) => void,
  ) {
    this.#expectsPicture = expectsPicture;
    this.#onSample = onSample;
  }

  start(negotiation: Negotiation): void {
    this.stop();
    this.#negotiation = negotiation;
    this.#timer = setInterval(() => void this.#measure(negotiation), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#negotiation = undefined;
    this.#totals = undefined;
    this.#silentMs = 0;
    this.#last = null;
    this.#shown = null;
  }

  async #measure(negotiation: Negotiation): Promise<void> {
    let stats: RTCStatsReport;
    try {
      stats = await negotiation.pc.getStats();
    } catch {
      // A connection that is just being closed has no figures; the next second tries again.
      return;
    }
    if (negotiation !== this.#negotiation) return;
    const totals = totalsOf(stats, Date.now());
    const sample = sampleOf(totals, this.#totals, this.#silentMs);
    this.#totals = totals;
    this.#silentMs = sample.silentMs;
    this.#onSample(sample, this.#settled(this.#qualityNow(negotiation, sample)));
  }

  #qualityNow(negotiation: Negotiation, sample: LinkSample): Quality | null {
    if (negotiation.connected) return qualityOf(sample, this.#expectsPicture());
    return negotiation.wasConnected ? 'lost' : null;
  }

  /** A word that flickers says nothing: it changes when two seconds agree. Lost is said at once. */
  #settled(quality: Quality | null): Quality | null {
    const agreed = quality === this.#last || quality === 'lost' || this.#shown === null;
    this.#last = quality;
    if (agreed) this.#shown = quality;
    return this.#shown;
  }
}
