import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { memo, useMemo, type Dispatch, type PointerEvent } from 'react';
import { useHospitalTime } from '../../shared/session';
import { clusters, type Axis } from './axis';
import { EntryMark } from './EntryMark';
import { authorName, entryWords } from './entryWords';
import {
  callOf,
  concerns,
  laneOf,
  lanes,
  presenceOf,
  timeOf,
  type ArchivedRecord,
  type Finding,
} from './record';
import type { ReplayStep } from './replayState';
import { useReplayText } from './strings';
import classes from './Timeline.module.css';

export interface TimelineLanesProps {
  record: ArchivedRecord;
  axis: Axis;
  findings: readonly Finding[];
  /** Marks closer than this share of the width are drawn as one. */
  apart: number;
  head: number;
  selected: number;
  dispatch: Dispatch<ReplayStep>;
}

/**
 * The lanes with their marks. For the eye and the mouse only: the transcript says the same to everybody
 * else. Apart from the head, which moves with every frame, so that a long visit plays smoothly.
 */
export const TimelineLanes = memo(function TimelineLanes(props: TimelineLanesProps) {
  const { record, axis, findings, apart, head, selected, dispatch } = props;
  const entries = record.visit;
  const text = useReplayText();
  const time = useHospitalTime();

  const presence = useMemo(() => presenceOf(entries), [entries]);
  const call = useMemo(() => callOf(entries), [entries]);
  const doubted = useMemo(
    () => entries.map((entry) => findings.some((finding) => concerns(finding, entry))),
    [entries, findings],
  );
  const marks = useMemo(() => {
    const ofLane = (lane: string) =>
      entries.flatMap((entry, index) =>
        laneOf(entry) === lane ? [{ index, at: axis.entry(index) }] : [],
      );
    return lanes.map((lane) => ({
      lane,
      // Chat marks are narrow: their crowding shows how much was said. Pictures must not cover each other.
      clusters: clusters(ofLane(lane), lane === 'events' ? apart : apart / 6),
    }));
  }, [apart, axis, entries]);

  const go = (indexes: readonly number[]) => (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    const next = indexes[indexes.indexOf(selected) + 1] ?? indexes[0];
    dispatch({ type: 'pause' });
    if (next !== undefined) dispatch({ type: 'go', to: next });
  };
  const hint = (indexes: readonly number[]) =>
    indexes
      .slice(0, 8)
      .flatMap((index) => {
        const entry = entries[index];
        if (!entry) return [];
        const said = entryWords(text, entry);
        const words = entry.kind === 'chat' ? `${authorName(text, entry)}: ${said}` : said;
        return [`${time.seconds(timeOf(entry))} ${words.slice(0, 120)}`];
      })
      .join('\n');

  const bar = (fromMs: number, toMs: number) => {
    const left = axis.moment(fromMs);
    return { left: `${left * 100}%`, width: `${(axis.moment(toMs) - left) * 100}%` };
  };

  return (
    <div className={classes.lanes} aria-hidden>
      {call && <div className={classes.call} style={bar(call.fromMs, call.toMs)} />}
      {marks.map(({ lane, clusters: found }) => (
        <div key={lane} className={classes.lane} data-lane={lane}>
          {presence
            .filter((one) => one.lane === lane)
            .map(({ kind, fromMs, toMs }) => (
              <i
                key={kind + String(fromMs)}
                className={classes.presence}
                data-kind={kind}
                style={bar(fromMs, toMs)}
              />
            ))}
          {found.map(({ indexes, at }) => {
            const [first = 0] = indexes;
            const entry = entries[first];
            if (!entry) return null;
            const broken = indexes.some((index) => doubted[index]);
            return (
              <span
                key={first}
                className={lane === 'events' ? classes.event : classes.chat}
                data-said={first <= head}
                data-selected={indexes.includes(selected)}
                data-broken={broken}
                style={{ left: `${at * 100}%` }}
                title={hint(indexes)}
                onPointerDown={go(indexes)}
              >
                {lane === 'events' && <EntryMark entry={entry} />}
                {lane === 'events' && indexes.length > 1 && <b>{indexes.length}</b>}
                {broken && <IconAlertTriangleFilled className={classes.warning} size={16} />}
              </span>
            );
          })}
        </div>
      ))}
    </div>
  );
});
