import { describe, expect, it } from 'vitest';
import { qualityOf, sampleOf, totalsOf, type LinkSample, type LinkTotals } from './linkStats';

function report(...stats: ({ id: string; type: string } & Record<string, unknown>)[]) {
  return new Map(stats.map((stat) => [stat.id, stat])) as unknown as RTCStatsReport;
}

const aReport = (change: { frames: number; received: number; lost: number; bytes: number }) =>
  report(
    {
      id: 'v',
      type: 'inbound-rtp',
      kind: 'video',
      framesDecoded: change.frames,
      packetsReceived: change.received,
      packetsLost: change.lost,
      bytesReceived: change.bytes,
      frameWidth: 1280,
      frameHeight: 720,
      codecId: 'c',
      jitter: 0.09,
    },
    { id: 'a', type: 'inbound-rtp', kind: 'audio', packetsReceived: 50, jitter: 0.004 },
    { id: 'o', type: 'outbound-rtp', kind: 'video', bytesSent: change.bytes, frameHeight: 180 },
    { id: 'p', type: 'outbound-rtp', kind: 'video', frameWidth: 640, frameHeight: 360 },
    { id: 'c', type: 'codec', mimeType: 'video/VP8' },
    { id: 'r', type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.01, jitter: 0.03 },
    { id: 't', type: 'transport', selectedCandidatePairId: 'pair' },
    {
      id: 'pair',
      type: 'candidate-pair',
      currentRoundTripTime: 0.04,
      localCandidateId: 'l',
      remoteCandidateId: 'm',
    },
    { id: 'l', type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
    { id: 'm', type: 'remote-candidate', candidateType: 'relay' },
  );

it('reads what one second of statistics says', () => {
  const before = totalsOf(aReport({ frames: 10, received: 100, lost: 0, bytes: 1_000 }), 1_000);
  const now = totalsOf(aReport({ frames: 40, received: 290, lost: 10, bytes: 126_000 }), 2_000);
  expect(sampleOf(now, before, 0)).toEqual({
    framesDecoded: 40,
    packetsReceived: 340,
    framesPerSecond: 30,
    loss: 0.05,
    roundTripMs: 40,
    jitterMs: 30,
    kbitInPerSecond: 1000,
    kbitOutPerSecond: 1000,
    frameWidth: 1280,
    frameHeight: 720,
    sentWidth: 640,
    sentHeight: 360,
    path: 'relayed',
    protocol: 'udp',
    codec: 'VP8',
    silentMs: 0,
    silentSince: null,
  });
});

it('makes do with an empty report', () => {
  const totals = totalsOf(report(), 1_000);
  expect(sampleOf(totals, undefined, 0)).toMatchObject({
    framesDecoded: 0,
    loss: null,
    roundTripMs: null,
    jitterMs: null,
    path: null,
  });
});

it('takes no figure for one that cannot be', () => {
  const odd = report(
    { id: 'p', type: 'candidate-pair', nominated: true, state: 'succeeded' },
    { id: 'i', type: 'inbound-rtp', kind: 'audio', packetsReceived: 9, jitter: Number.NaN },
    { id: 'o', type: 'outbound-rtp', kind: 'audio', bytesSent: 9 },
    { id: 'r', type: 'remote-inbound-rtp', kind: 'audio', fractionLost: -1, jitter: '3' },
  );
  expect(sampleOf(totalsOf(odd, 1_000), undefined, 0)).toMatchObject({
    loss: 0,
    roundTripMs: null,
    jitterMs: null,
  });
});

it('does not count what was reported of earlier, when nothing comes and nothing is sent', () => {
  const totals = totalsOf(aReport({ frames: 10, received: 100, lost: 9, bytes: 1_000 }), 1_000);
  const later = sampleOf({ ...totals, atMs: 2_000 }, totals, 0);
  expect(later).toMatchObject({ loss: null, jitterMs: null, roundTripMs: 40, silentMs: 1_000 });
});

it('adds up how long nothing has arrived', () => {
  const at = (atMs: number): LinkTotals => ({ ...totalsOf(report(), atMs), packetsReceived: 5 });
  const first = sampleOf(at(1_000), at(0), 0);
  expect(first.silentMs).toBe(1_000);
  const later = sampleOf(at(2_500), at(1_000), first.silentMs);
  expect(later.silentMs).toBe(2_500);
  // A beginning that does not move, to count from.
  expect(later.silentSince).toBe(first.silentSince);
});

describe('the quality', () => {
  const fine: LinkSample = {
    ...sampleOf(totalsOf(report(), 0), undefined, 0),
    framesPerSecond: 25,
    roundTripMs: 30,
  };
  const both = { sound: true, picture: true };
  const sound = { sound: true, picture: false };
  const nothing = { sound: false, picture: false };
  it.each([
    ['excellent', {}, both],
    ['excellent', { loss: 0.0199, roundTripMs: 299, jitterMs: 29 }, both],
    ['good', { loss: 0.02 }, both],
    ['good', { loss: 0.0799 }, both],
    ['good', { roundTripMs: 300 }, both],
    ['good', { jitterMs: 30 }, both],
    ['good', { framesPerSecond: 12 }, both],
    ['poor', { loss: 0.08 }, both],
    ['poor', { roundTripMs: 600 }, both],
    ['poor', { jitterMs: 100 }, both],
    ['poor', { framesPerSecond: 5 }, both],
    ['poor', { framesPerSecond: 0 }, both],
    // A camera that is off sends no pictures, and who is muted as well is no fault of the network.
    ['excellent', { framesPerSecond: 0 }, sound],
    ['lost', { silentMs: 2_500 }, sound],
    ['excellent', { silentMs: 2_499 }, sound],
    ['excellent', { silentMs: 60_000 }, nothing],
    // Without a round trip the rest decides.
    ['excellent', { roundTripMs: null }, both],
    ['poor', { roundTripMs: null, loss: 1 }, both],
    ['excellent', { roundTripMs: null }, both],
    [null, { roundTripMs: null }, nothing],
    [null, { roundTripMs: Number.NaN }, nothing],
  ] as const)('is %s with %j, expecting %j', (quality, change, expected) => {
    expect(qualityOf({ ...fine, ...change }, expected)).toBe(quality);
  });
});
