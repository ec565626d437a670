import { useCallback, useEffect, useMemo, useReducer, type Dispatch } from 'react';
import { scheduleOf, type Schedule } from './playback';
import { timeOf, type Entry } from './record';
import { openReplay, replay, type ReplayState, type ReplayStep } from './replayState';

interface Playback {
  schedule: Schedule;
  state: ReplayState;
  dispatch: Dispatch<ReplayStep>;
}

/** The replay of some entries, driven by the screen's own frames while it plays. */
export function usePlayback(entries: readonly Entry[]): Playback {
  const schedule = useMemo(() => scheduleOf(entries.map(timeOf)), [entries]);
  const reducer = useCallback(
    (state: ReplayState, step: ReplayStep) => replay(schedule, state, step),
    [schedule],
  );
  const [state, dispatch] = useReducer(reducer, schedule, openReplay);

  useEffect(() => {
    if (!state.playing) return;
    let before = performance.now();
    let frame = requestAnimationFrame(function next(now) {
      dispatch({ type: 'tick', elapsedMs: Math.max(0, now - before) });
      before = now;
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [state.playing]);

  return { schedule, state, dispatch };
}
