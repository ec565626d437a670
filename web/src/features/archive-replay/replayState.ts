import { advance, indexAt, type Schedule, type Speed } from './playback';

/** Where the replay stands. All but the schedule of the entries, which is given to every step. */
export interface ReplayState {
  /** The play head, as an offset in the schedule. */
  offsetMs: number;
  /** The entry said last: several may share one offset, so the head alone does not tell. */
  head: number;
  /** The entry in the right pane. */
  selected: number;
  playing: boolean;
  speed: Speed;
  /** Whether entries after the head are shown too. */
  showAll: boolean;
}

export type ReplayStep =
  | { type: 'play' }
  | { type: 'pause' }
  | { type: 'tick'; elapsedMs: number }
  /** The head is dragged to an offset. */
  | { type: 'seek'; offsetMs: number }
  /** The head goes on or back by entries. */
  | { type: 'step'; by: number }
  /** The head goes to an entry. */
  | { type: 'go'; to: number }
  /** The head stays where it is in a schedule with silences of another length. */
  | { type: 'carry'; offsetMs: number }
  /** An entry is looked at; the head moves only if it would stay unseen. What came after the visit is not played. */
  | { type: 'select'; index: number }
  | { type: 'speed'; speed: Speed }
  | { type: 'showAll'; showAll: boolean };

/** Opens at the end, so that the whole record is there to read before anything is played; `first` is looked at. */
export function openReplay(schedule: Schedule, first?: number): ReplayState {
  const last = Math.max(0, schedule.offsets.length - 1);
  return {
    offsetMs: schedule.lengthMs,
    head: last,
    selected: first ?? last,
    playing: false,
    speed: '1',
    showAll: false,
  };
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

export function replay(schedule: Schedule, state: ReplayState, step: ReplayStep): ReplayState {
  const last = Math.max(0, schedule.offsets.length - 1);
  const at = (index: number) => {
    const head = clamp(index, 0, last);
    return { ...state, head, selected: head, offsetMs: schedule.offsets[head] ?? 0 };
  };

  switch (step.type) {
    case 'play': {
      const ended = state.head >= last;
      return { ...(ended ? at(0) : state), playing: last > 0 };
    }
    case 'pause':
      return { ...state, playing: false };
    case 'tick': {
      if (!state.playing) return state;
      const offsetMs = advance(schedule, state.offsetMs, step.elapsedMs, state.speed);
      const head = Math.max(state.head, indexAt(schedule, offsetMs));
      const selected = head === state.head ? state.selected : head;
      return { ...state, offsetMs, head, selected, playing: head < last };
    }
    case 'seek': {
      const offsetMs = clamp(step.offsetMs, 0, schedule.lengthMs);
      const head = indexAt(schedule, offsetMs);
      return { ...state, offsetMs, head, selected: head };
    }
    case 'step':
      return at(state.head + step.by);
    case 'go':
      return at(step.to);
    case 'carry':
      return { ...state, offsetMs: step.offsetMs };
    case 'select': {
      const index = Math.max(0, step.index);
      if (index > last) return { ...state, selected: index };
      if (index > state.head && !state.showAll) return at(index);
      return { ...state, selected: index };
    }
    case 'speed':
      return { ...state, speed: step.speed };
    case 'showAll':
      return {
        ...state,
        showAll: step.showAll,
        selected:
          step.showAll || state.selected > last
            ? state.selected
            : Math.min(state.selected, state.head),
      };
  }
}
