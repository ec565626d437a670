import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBackFilled,
  IconPlayerSkipForwardFilled,
} from '@tabler/icons-react';
import { useMemo, useState, type Dispatch, type KeyboardEvent, type PointerEvent } from 'react';
import { formatTimecode } from '../../shared/i18n';
import { useHospitalTime } from '../../shared/session';
import { axisModes, axisOf, entryTicks, roundTicks, spanOf, type AxisMode } from './axis';
import { entryWords } from './entryWords';
import { momentAt, offsetAt, shortenedSilences, speeds, type Schedule } from './playback';
import { timeOf, type ArchivedRecord, type Finding } from './record';
import type { ReplayState, ReplayStep } from './replayState';
import { useReplayText } from './strings';
import classes from './Timeline.module.css';
import { TimelineLanes } from './TimelineLanes';

export interface TimelineProps {
  record: ArchivedRecord;
  schedule: Schedule;
  findings: readonly Finding[];
  state: ReplayState;
  dispatch: Dispatch<ReplayStep>;
}

const keySteps: Record<string, number> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
  Home: -Infinity,
  End: Infinity,
};

/** The visit along a time axis: who spoke, what happened, and a play head to go through it. */
export function Timeline({ record, schedule, findings, state, dispatch }: TimelineProps) {
  const { entries } = record;
  const text = useReplayText();
  const time = useHospitalTime();
  const [mode, setMode] = useState<AxisMode>('true');
  const { ref, width } = useElementSize<HTMLDivElement>();
  const widthPx = width || 800;

  const span = useMemo(() => {
    const doubted = new Set(findings.map(({ seq }) => seq));
    return spanOf(entries.map(timeOf), (index) => !doubted.has(entries[index]?.seq ?? null));
  }, [entries, findings]);
  const axis = useMemo(() => axisOf(mode, schedule, span), [mode, schedule, span]);
  const ticks = useMemo(() => {
    const most = Math.max(2, Math.floor(widthPx / 96));
    return mode === 'true' ? roundTicks(span, most) : entryTicks(schedule, axis, most);
  }, [axis, mode, schedule, span, widthPx]);
  const silences = useMemo(() => shortenedSilences(schedule), [schedule]);

  const moment = momentAt(schedule, state.offsetMs);
  const headAt = axis.head(state.offsetMs);
  const entry = entries[state.head];
  const number = state.head + 1;
  const count = entries.length;

  const seek = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / (wide || 1)));
    const offsetMs =
      mode === 'true'
        ? offsetAt(schedule, span.fromMs + share * (span.toMs - span.fromMs))
        : share * schedule.lengthMs;
    dispatch({ type: 'seek', offsetMs });
  };
  const toggle = () => dispatch({ type: state.playing ? 'pause' : 'play' });
  const onKeyDown = (event: KeyboardEvent) => {
    const by = keySteps[event.key];
    if (by !== undefined) dispatch({ type: 'step', by });
    else if (event.key === ' ' || event.key === 'Enter') toggle();
    else return;
    event.preventDefault();
  };

  const atEnd = state.head >= count - 1;
  const playWord = state.playing
    ? text('timeline.pause')
    : atEnd
      ? text('timeline.replay')
      : text('timeline.play');

  return (
    <section className={classes.root} aria-label={text('timeline.label')}>
      <div className={classes.controls}>
        <Button
          className={classes.play}
          leftSection={
            state.playing ? (
              <IconPlayerPauseFilled size={18} aria-hidden />
            ) : (
              <IconPlayerPlayFilled size={18} aria-hidden />
            )
          }
          onClick={toggle}
          disabled={count < 2}
        >
          {playWord}
        </Button>
        <span className={classes.steps}>
          <Tooltip label={text('timeline.before')}>
            <ActionIcon
              aria-label={text('timeline.before')}
              onClick={() => dispatch({ type: 'step', by: -1 })}
              disabled={state.head === 0}
            >
              <IconPlayerSkipBackFilled size={18} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={text('timeline.after')}>
            <ActionIcon
              aria-label={text('timeline.after')}
              onClick={() => dispatch({ type: 'step', by: 1 })}
              disabled={atEnd}
            >
              <IconPlayerSkipForwardFilled size={18} />
            </ActionIcon>
          </Tooltip>
        </span>
        <p className={classes.position}>
          <span className={classes.clock}>{time.seconds(moment)}</span>
          <span className={classes.number}>{text('timeline.position', { number, count })}</span>
        </p>
        <SegmentedControl
          size="xs"
          aria-label={text('timeline.speed')}
          value={state.speed}
          onChange={(speed) => dispatch({ type: 'speed', speed })}
          data={speeds.map((speed) => ({
            value: speed,
            label:
              speed === 'fastest' ? text('timeline.fastest') : text('timeline.times', { speed }),
          }))}
        />
        <SegmentedControl
          size="xs"
          aria-label={text('timeline.axis')}
          value={mode}
          onChange={setMode}
          data={axisModes.map((value) => ({ value, label: text(`timeline.${value}`) }))}
        />
      </div>

      <div className={classes.plot}>
        <div className={classes.labels} aria-hidden>
          <span>{record.consultation.patient_name}</span>
          <span>{record.consultation.practitioner_name}</span>
          <span>{text('timeline.events')}</span>
        </div>
        <div className={classes.frame}>
          <div
            ref={ref}
            className={classes.track}
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              dispatch({ type: 'pause' });
              seek(event);
            }}
            onPointerMove={(event) => {
              if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event);
            }}
          >
            <div className={classes.axis} aria-hidden>
              {ticks.ticks.map(({ ms, at }) => (
                <span key={ms} className={classes.tick} style={{ left: `${at * 100}%` }}>
                  {ticks.wholeMinutes ? time.minutes(ms) : time.seconds(ms)}
                </span>
              ))}
              {mode === 'shortened' &&
                silences.map(({ after, fromMs, toMs }) => (
                  <span
                    key={after}
                    className={classes.break}
                    style={{ left: `${((axis.entry(after) + axis.entry(after + 1)) / 2) * 100}%` }}
                    title={text('timeline.skipped', {
                      length: formatTimecode((toMs - fromMs) / 1000),
                    })}
                  />
                ))}
            </div>
            <TimelineLanes
              record={record}
              axis={axis}
              findings={findings}
              apart={26 / widthPx}
              head={state.head}
              selected={state.selected}
              dispatch={dispatch}
            />
            <div className={classes.head} style={{ left: `${headAt * 100}%` }}>
              <div
                className={classes.knob}
                role="slider"
                tabIndex={0}
                aria-label={text('timeline.head')}
                aria-valuemin={1}
                aria-valuemax={count}
                aria-valuenow={number}
                aria-valuetext={
                  entry &&
                  text('timeline.headAt', {
                    time: time.seconds(moment),
                    number,
                    count,
                    what: entryWords(text, entry),
                  })
                }
                aria-description={text('timeline.keys')}
                onKeyDown={onKeyDown}
              />
            </div>
          </div>
        </div>
      </div>

      <footer className={classes.notes}>
        <p>
          {silences.length > 0
            ? text('timeline.silences', {
                short: formatTimecode(schedule.lengthMs / 1000),
                whole: formatTimecode(schedule.originalMs / 1000),
              })
            : text('timeline.noSilences', {
                whole: formatTimecode(schedule.originalMs / 1000),
              })}
        </p>
        <p>{text('timeline.zone', { zone: time.zoneName(record.consultation.scheduled_start) })}</p>
        <p className={classes.legend}>
          {(['waiting', 'connected', 'call'] as const).map((kind) => (
            <span key={kind}>
              <i data-kind={kind} aria-hidden /> {text(`timeline.legend.${kind}`)}
            </span>
          ))}
        </p>
      </footer>
    </section>
  );
}
