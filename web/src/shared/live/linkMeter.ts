import type { Quality } from '../ui';
import { qualityOf, sampleOf, totalsOf, type LinkSample, type LinkTotals } from './linkStats';

/** A connection, and whether it is or was up. */
export interface Measured {
  readonly pc: RTCPeerConnection;
  readonly connected: boolean;
  readonly wasConnected: boolean;
}

const everyMs = 1_000;

/** Measures one connection every second, until stopped or started on another one. */
export class LinkMeter {
  readonly #expectsPicture: () => boolean;
  readonly #onSample: (sample: LinkSample, quality: Quality | null) => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #measured: Measured | undefined;
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

  start(measured: Measured): void {
    this.stop();
    this.#measured = measured;
    this.#timer = setInterval(() => void this.#measure(measured), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#measured = undefined;
    this.#totals = undefined;
    this.#silentMs = 0;
    this.#last = null;
    this.#shown = null;
  }

  async #measure(measured: Measured): Promise<void> {
    let stats: RTCStatsReport;
    try {
      stats = await measured.pc.getStats();
    } catch {
      // A connection that is just being closed has no figures; the next second tries again.
      return;
    }
    if (measured !== this.#measured) return;
    const totals = totalsOf(stats, Date.now());
    const sample = sampleOf(totals, this.#totals, this.#silentMs);
    this.#totals = totals;
    this.#silentMs = sample.silentMs;
    this.#onSample(sample, this.#settled(this.#qualityNow(measured, sample)));
  }

  #qualityNow(measured: Measured, sample: LinkSample): Quality | null {
    if (measured.connected) return qualityOf(sample, this.#expectsPicture());
    return measured.wasConnected ? 'lost' : null;
  }

  /** A word that flickers says nothing: it changes when two seconds agree. Lost is said at once. */
  #settled(quality: Quality | null): Quality | null {
    const agreed = quality === this.#last || quality === 'lost' || this.#shown === null;
    this.#last = quality;
    if (agreed) this.#shown = quality;
    return this.#shown;
  }
}
