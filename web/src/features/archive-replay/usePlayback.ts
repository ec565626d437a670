import { useCallback, useEffect, useMemo, useReducer, useState, type Dispatch } from 'react';
import { carryOver, scheduleOf, type Schedule } from './playback';
import { timeOf, type Entry } from './record';
import { openReplay, replay, type ReplayState, type ReplayStep } from './replayState';

export interface Playback {
  schedule: Schedule;
  state: ReplayState;
  dispatch: Dispatch<ReplayStep>;
  /** Whether long silences are played shortened. */
  skipping: boolean;
  onSkipping: (skip: boolean) => void;
}

/** The replay of some entries, driven by the screen's own frames while it plays. It opens with entry `first` in hand. */
export function usePlayback(entries: readonly Entry[], first?: number): Playback {
  const [skipping, setSkipping] = useState(false);
  const [whole, short] = useMemo(() => {
    const times = entries.map(timeOf);
    return [scheduleOf(times, false), scheduleOf(times, true)] as const;
  }, [entries]);
  const schedule = skipping ? short : whole;
  const reducer = useCallback(
    (state: ReplayState, step: ReplayStep) => replay(schedule, state, step),
    [schedule],
  );
  const [state, dispatch] = useReducer(reducer, schedule, (opening) => openReplay(opening, first));

  const onSkipping = (skip: boolean) => {
    if (skip === skipping) return;
    setSkipping(skip);
    const next = skip ? short : whole;
    dispatch({ type: 'carry', offsetMs: carryOver(schedule, next, state.offsetMs) });
  };

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

  return { schedule, state, dispatch, skipping, onSkipping };
}
