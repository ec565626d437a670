/** What a peer connection's statistics say, per second, and how good that is for two people talking. */
import type { Quality } from '../ui';

/** Running totals of one moment, from RTCPeerConnection.getStats (W3C webrtc-stats). */
export interface LinkTotals {
  atMs: number;
  framesDecoded: number;
  packetsReceived: number;
  packetsLost: number;
  bytesReceived: number;
  bytesSent: number;
  /** Of what this side sends, as the other side reports it: 0..1 over its last interval. */
  lossOut: number;
  roundTripMs: number | null;
  frameWidth: number | null;
  frameHeight: number | null;
  /** How the two are connected: host and srflx are direct, relay goes through a server. */
  path: 'direct' | 'relayed' | null;
  protocol: string | null;
  codec: string | null;
}

export interface LinkSample {
  framesDecoded: number;
  packetsReceived: number;
  framesPerSecond: number;
  /** 0..1, the worse of the two directions. */
  loss: number;
  roundTripMs: number | null;
  kbitInPerSecond: number;
  kbitOutPerSecond: number;
  frameWidth: number | null;
  frameHeight: number | null;
  path: 'direct' | 'relayed' | null;
  protocol: string | null;
  codec: string | null;
  /** How long nothing at all has arrived. */
  silentMs: number;
}

// The report's dictionaries differ by browser; every field is read as if it might be missing.
type Stat = Record<string, unknown> & { id: string; type: string };

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const orNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function chosenPair(stats: readonly Stat[]): Stat | undefined {
  const transport = stats.find(({ type }) => type === 'transport');
  const pairs = stats.filter(({ type }) => type === 'candidate-pair');
  return (
    pairs.find(({ id }) => id === transport?.selectedCandidatePairId) ??
    pairs.find(({ nominated, state }) => nominated === true && state === 'succeeded')
  );
}

export function totalsOf(report: RTCStatsReport, atMs: number): LinkTotals {
  const stats: Stat[] = [];
  report.forEach((stat: Stat) => stats.push(stat));
  const of = (type: string) => stats.filter((stat) => stat.type === type);
  const sum = (list: readonly Stat[], field: string) =>
    list.reduce((total, stat) => total + number(stat[field]), 0);

  const inbound = of('inbound-rtp');
  const video = inbound.find(({ kind }) => kind === 'video');
  const pair = chosenPair(stats);
  const local = stats.find(({ id }) => id === pair?.localCandidateId);
  const remote = stats.find(({ id }) => id === pair?.remoteCandidateId);
  const codec = stats.find(({ id }) => id === video?.codecId);
  const relayed = local?.candidateType === 'relay' || remote?.candidateType === 'relay';
  const roundTrip = orNull(pair?.currentRoundTripTime);
  return {
    atMs,
    framesDecoded: number(video?.framesDecoded),
    packetsReceived: sum(inbound, 'packetsReceived'),
    packetsLost: sum(inbound, 'packetsLost'),
    bytesReceived: sum(inbound, 'bytesReceived'),
    bytesSent: sum(of('outbound-rtp'), 'bytesSent'),
    lossOut: Math.max(0, ...of('remote-inbound-rtp').map((stat) => number(stat.fractionLost))),
    roundTripMs: roundTrip === null ? null : roundTrip * 1000,
    frameWidth: orNull(video?.frameWidth),
    frameHeight: orNull(video?.frameHeight),
    path: pair ? (relayed ? 'relayed' : 'direct') : null,
    protocol: typeof local?.protocol === 'string' ? local.protocol : null,
    codec: typeof codec?.mimeType === 'string' ? codec.mimeType.replace(/^video\//, '') : null,
  };
}

/** How much came by the path that is used, of whatever kind; 0 without one. */
export function octetsByPath(report: RTCStatsReport): number {
  const stats: Stat[] = [];
  report.forEach((stat: Stat) => stats.push(stat));
  return number(chosenPair(stats)?.bytesReceived);
}

/** What happened between two moments. */
export function sampleOf(
  now: LinkTotals,
  before: LinkTotals | undefined,
  silentBeforeMs: number,
): LinkSample {
  const seconds = before ? Math.max(0.001, (now.atMs - before.atMs) / 1000) : 1;
  const since = (
    field: 'framesDecoded' | 'packetsReceived' | 'packetsLost' | 'bytesReceived' | 'bytesSent',
  ) => Math.max(0, now[field] - (before?.[field] ?? 0));
  const received = since('packetsReceived');
  const lost = since('packetsLost');
  const lossIn = lost > 0 ? lost / (lost + received) : 0;
  return {
    framesDecoded: now.framesDecoded,
    packetsReceived: now.packetsReceived,
    framesPerSecond: since('framesDecoded') / seconds,
    loss: Math.min(1, Math.max(lossIn, now.lossOut)),
    roundTripMs: now.roundTripMs,
    kbitInPerSecond: (since('bytesReceived') * 8) / 1000 / seconds,
    kbitOutPerSecond: (since('bytesSent') * 8) / 1000 / seconds,
    frameWidth: now.frameWidth,
    frameHeight: now.frameHeight,
    path: now.path,
    protocol: now.protocol,
    codec: now.codec,
    silentMs: received > 0 || !before ? 0 : silentBeforeMs + seconds * 1000,
  };
}

const silenceIsLostMs = 2_500;

/**
 * The quality of a conversation, by what people notice: stuttering, delay, a picture that stands still.
 * `expectsPicture` is false while the other camera is off, when no frames are no fault.
 */
export function qualityOf(sample: LinkSample, expectsPicture: boolean): Quality {
  const { loss, framesPerSecond, silentMs } = sample;
  const roundTripMs = sample.roundTripMs ?? 0;
  if (silentMs >= silenceIsLostMs) return 'lost';
  if (loss > 0.08 || roundTripMs > 600 || (expectsPicture && framesPerSecond < 6)) return 'poor';
  if (loss > 0.025 || roundTripMs > 300 || (expectsPicture && framesPerSecond < 13)) return 'good';
  return 'excellent';
}
