import type { Quality } from '../ui';
import {
  qualityOf,
  sampleOf,
  totalsOf,
  type Expected,
  type LinkSample,
  type LinkTotals,
} from './linkStats';

/** A connection, and whether it is or was up. */
export interface Measured {
  readonly pc: RTCPeerConnection;
  readonly connected: boolean;
  readonly wasConnected: boolean;
}

const everyMs = 1_000;
/** A connection begins with small pictures and few of them, which says nothing of how it will be. */
const settlesAfterMs = 3_000;

/**
 * Measures one connection every second, until stopped or started on another one. The word is that second's;
 * what is shown of it is steadyQuality's.
 */
export class LinkMeter {
  readonly #expected: () => Expected;
  readonly #onSample: (sample: LinkSample, quality: Quality | null) => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #measured: Measured | undefined;
  #totals: LinkTotals | undefined;
  #silentMs = 0;
  /** Date.now() when it was first measured connected. */
  #connectedAt = 0;

  constructor(
    expected: () => Expected,
    onSample: (sample: LinkSample, quality: Quality | null) => void,
  ) {
    this.#expected = expected;
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
    this.#connectedAt = 0;
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
    this.#onSample(sample, this.#qualityNow(measured, sample));
  }

  #qualityNow(measured: Measured, sample: LinkSample): Quality | null {
    if (!measured.connected) return measured.wasConnected ? 'lost' : null;
    this.#connectedAt ||= Date.now();
    return Date.now() - this.#connectedAt < settlesAfterMs
      ? null
      : qualityOf(sample, this.#expected());
  }
}
