/** What a peer connection's statistics say, per second, and how good that is for two people talking. */
import { callQuality } from '../../protocol/callQuality';
import type { Quality } from '../ui';
import { worseOf } from './steadyQuality';

/** Running totals of one moment, from RTCPeerConnection.getStats (W3C webrtc-stats). */
export interface LinkTotals {
  atMs: number;
  framesDecoded: number;
  packetsReceived: number;
  packetsLost: number;
  bytesReceived: number;
  bytesSent: number;
  /** Of what this side sends, as the other side reports it: 0..1 over its last interval. */
  lossOut: number | null;
  /** Of the sound where there is any, else of the picture. */
  jitterInMs: number | null;
  jitterOutMs: number | null;
  roundTripMs: number | null;
  frameWidth: number | null;
  frameHeight: number | null;
  sentWidth: number | null;
  sentHeight: number | null;
  /** How the two are connected: host and srflx are direct, relay goes through a server. */
  path: 'direct' | 'relayed' | null;
  protocol: string | null;
  codec: string | null;
}

export interface LinkSample {
  framesDecoded: number;
  packetsReceived: number;
  framesPerSecond: number;
  /** 0..1, the worse of the two directions; null when nothing came and nothing was reported. */
  loss: number | null;
  roundTripMs: number | null;
  /** The worse of the two directions. */
  jitterMs: number | null;
  kbitInPerSecond: number;
  kbitOutPerSecond: number;
  frameWidth: number | null;
  frameHeight: number | null;
  sentWidth: number | null;
  sentHeight: number | null;
  path: 'direct' | 'relayed' | null;
  protocol: string | null;
  codec: string | null;
  /** How long nothing at all has arrived. */
  silentMs: number;
  /** Since when, by Date.now(); null while something arrives. */
  silentSince: number | null;
}

// The report's dictionaries differ by browser; every field is read as if it might be missing.
type Stat = Record<string, unknown> & { id: string; type: string };

const orNull = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
const number = (value: unknown): number => orNull(value) ?? 0;
const inMs = (seconds: number | null) => (seconds === null ? null : seconds * 1000);

function worst(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** Jitter in ms. A picture's packets leave when they are encoded, which is none of the network's doing. */
function jitterOf(streams: readonly Stat[]): number | null {
  const of = (kind: string) =>
    worst(streams.filter((stat) => stat.kind === kind).map(({ jitter }) => orNull(jitter)));
  return inMs(of('audio') ?? of('video'));
}

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
  const reported = of('remote-inbound-rtp');
  const outbound = of('outbound-rtp');
  // Of several layers the largest that is sent.
  const sent = outbound
    .filter(({ kind }) => kind === 'video')
    .reduce<Stat | undefined>(
      (most, stat) => (number(stat.frameHeight) > number(most?.frameHeight) ? stat : most),
      undefined,
    );
  const relayed = local?.candidateType === 'relay' || remote?.candidateType === 'relay';
  return {
    atMs,
    framesDecoded: number(video?.framesDecoded),
    packetsReceived: sum(inbound, 'packetsReceived'),
    packetsLost: sum(inbound, 'packetsLost'),
    bytesReceived: sum(inbound, 'bytesReceived'),
    bytesSent: sum(outbound, 'bytesSent'),
    lossOut: worst(reported.map(({ fractionLost }) => orNull(fractionLost))),
    jitterInMs: jitterOf(inbound),
    jitterOutMs: jitterOf(reported),
    roundTripMs: inMs(orNull(pair?.currentRoundTripTime)),
    frameWidth: orNull(video?.frameWidth),
    frameHeight: orNull(video?.frameHeight),
    sentWidth: orNull(sent?.frameWidth),
    sentHeight: orNull(sent?.frameHeight),
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
  const came = received + lost > 0;
  const silentMs = received > 0 || !before ? 0 : silentBeforeMs + seconds * 1000;
  // What the other side reported of earlier says nothing of now.
  const sends = since('bytesSent') > 0;
  return {
    framesDecoded: now.framesDecoded,
    packetsReceived: now.packetsReceived,
    framesPerSecond: since('framesDecoded') / seconds,
    loss: worst([came ? lost / (lost + received) : null, sends ? now.lossOut : null]),
    roundTripMs: now.roundTripMs,
    jitterMs: worst([came ? now.jitterInMs : null, sends ? now.jitterOutMs : null]),
    kbitInPerSecond: (since('bytesReceived') * 8) / 1000 / seconds,
    kbitOutPerSecond: (since('bytesSent') * 8) / 1000 / seconds,
    frameWidth: now.frameWidth,
    frameHeight: now.frameHeight,
    sentWidth: now.sentWidth,
    sentHeight: now.sentHeight,
    path: now.path,
    protocol: now.protocol,
    codec: now.codec,
    silentMs,
    silentSince: silentMs > 0 ? now.atMs - silentMs : null,
  };
}

/** What the other side says that it sends: only then its absence is a fault. */
export interface Expected {
  sound: boolean;
  picture: boolean;
}

interface Limit {
  good: number;
  poor: number;
}

/** `more` is worse, or less of it. What was not measured has no word. */
function wordOf(value: number | null, limit: Limit, more = true): Quality | null {
  if (value === null || Number.isNaN(value)) return null;
  const reaches = (bound: number) => (more ? value >= bound : value < bound);
  if (reaches(limit.poor)) return 'poor';
  return reaches(limit.good) ? 'good' : 'excellent';
}

/**
 * The quality of a conversation by the last second, by what people notice: stuttering, delay, a picture
 * that stands still. The worst figure gives the word; null when nothing was measured.
 */
export function qualityOf(sample: LinkSample, expected: Expected): Quality | null {
  const { silentMs, framesPerSecond } = sample;
  if (silentMs >= callQuality.silenceMs && (expected.sound || expected.picture)) return 'lost';
  const pictures = expected.picture ? framesPerSecond : null;
  return [
    wordOf(sample.loss, callQuality.loss),
    wordOf(sample.roundTripMs, callQuality.roundTripMs),
    wordOf(sample.jitterMs, callQuality.jitterMs),
    wordOf(pictures, callQuality.picturesPerS, false),
  ].reduce(worseOf, null);
}
