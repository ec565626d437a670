import { useEffect, useState } from 'react';
import { http } from '../../shared/http';

export type NetworkSpeed = 'measuring' | 'good' | 'fair' | 'slow' | 'lost';

/** Asks the hospital for something tiny; resolves to how long the answer took, in milliseconds. */
export type Probe = (signal: AbortSignal) => Promise<number>;

export const probeHospital: Probe = async (signal) => {
  const began = performance.now();
  await http.get('/api/hospital', { signal, timeoutMs: 5_000 });
  return performance.now() - began;
};

const warmUp = 1;
const first = 4;
const kept = 5;
const pauseMs = 150;
const calmPauseMs = 8_000;
const lostPauseMs = 3_000;

const goodMs = 150;
const fairMs = 400;

/** The middle one of some round trips, as a word. A conversation becomes tiring beyond 400 ms. */
export function speedOf(roundTripsMs: readonly number[]): NetworkSpeed {
  if (roundTripsMs.length === 0) return 'measuring';
  const sorted = [...roundTripsMs].sort((one, other) => one - other);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  if (middle < goodMs) return 'good';
  return middle < fairMs ? 'fair' : 'slow';
}

const sleep = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** How fast the way to the hospital is, measured again and again while the page shows it. */
export function useNetworkSpeed(probe: Probe = probeHospital): NetworkSpeed {
  const [speed, setSpeed] = useState<NetworkSpeed>('measuring');
  useEffect(() => {
    const stopped = new AbortController();
    const { signal } = stopped;
    const over = () => signal.aborted;

    const measure = async () => {
      let taken: number[] = [];
      let asked = 0;
      while (!over()) {
        let pause = calmPauseMs;
        try {
          const ms = await probe(signal);
          asked += 1;
          // The first one pays for the connection itself.
          if (asked > warmUp) taken = [...taken, ms].slice(-kept);
          if (asked < warmUp + first) pause = pauseMs;
          if (asked >= warmUp + first) setSpeed(speedOf(taken));
        } catch {
          // The page let go while asking: that says nothing about the network.
          if (over()) return;
          taken = [];
          asked = 0;
          setSpeed('lost');
          pause = lostPauseMs;
        }
        await sleep(pause, signal);
      }
    };
    void measure();
    return () => stopped.abort();
  }, [probe]);
  return speed;
}
