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
    },
    { id: 'a', type: 'inbound-rtp', kind: 'audio', packetsReceived: 50, bytesReceived: 0 },
    { id: 'c', type: 'codec', mimeType: 'video/VP8' },
    { id: 'r', type: 'remote-inbound-rtp', fractionLost: 0.01 },
    { id: 't', type: 'transport', selectedCandidatePairId: 'p' },
    {
      id: 'p',
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
    kbitInPerSecond: 1000,
    kbitOutPerSecond: 0,
    frameWidth: 1280,
    frameHeight: 720,
    path: 'relayed',
    protocol: 'udp',
    codec: 'VP8',
    silentMs: 0,
  });
});

it('makes do with an empty report', () => {
  const totals = totalsOf(report(), 1_000);
  expect(sampleOf(totals, undefined, 0)).toMatchObject({ framesDecoded: 0, loss: 0, path: null });
});

it('adds up how long nothing has arrived', () => {
  const at = (atMs: number): LinkTotals => ({ ...totalsOf(report(), atMs), packetsReceived: 5 });
  const first = sampleOf(at(1_000), at(0), 0);
  expect(first.silentMs).toBe(1_000);
  expect(sampleOf(at(2_500), at(1_000), first.silentMs).silentMs).toBe(2_500);
});

describe('the quality', () => {
  const fine: LinkSample = {
    ...sampleOf(totalsOf(report(), 0), undefined, 0),
    framesPerSecond: 25,
    roundTripMs: 30,
  };
  it.each([
    ['excellent', {}, true],
    ['good', { loss: 0.04 }, true],
    ['good', { roundTripMs: 400 }, true],
    ['good', { framesPerSecond: 10 }, true],
    ['poor', { loss: 0.2 }, true],
    ['poor', { roundTripMs: 900 }, true],
    ['poor', { framesPerSecond: 1 }, true],
    ['excellent', { framesPerSecond: 0 }, false],
    ['lost', { silentMs: 3_000 }, false],
  ] as const)('is %s with %j, a picture expected: %s', (quality, change, expectsPicture) => {
    expect(qualityOf({ ...fine, ...change }, expectsPicture)).toBe(quality);
  });
});
