import { ActionIcon, Button, SegmentedControl, Switch, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBackFilled,
  IconPlayerSkipForwardFilled,
} from '@tabler/icons-react';
import { useMemo, type KeyboardEvent, type PointerEvent } from 'react';
import { formatTimecode } from '../../shared/i18n';
import { useHospitalTime } from '../../shared/session';
import { axisOf, entryTicks, roundTicks, spanOf } from './axis';
import { entryWords } from './entryWords';
import { longSilences, momentAt, offsetAt, speeds } from './playback';
import { concerns, timeOf, type ArchivedRecord, type Finding } from './record';
import { useReplayText } from './strings';
import classes from './Timeline.module.css';
import { TimelineLanes } from './TimelineLanes';
import type { Playback } from './usePlayback';

export interface TimelineProps {
  record: ArchivedRecord;
  playback: Playback;
  findings: readonly Finding[];
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
export function Timeline({ record, playback, findings }: TimelineProps) {
  const { schedule, state, dispatch, skipping, onSkipping } = playback;
  const entries = record.visit;
  const text = useReplayText();
  const time = useHospitalTime();
  const mode = skipping ? 'shortened' : 'true';
  const { ref, width } = useElementSize<HTMLDivElement>();
  const widthPx = width || 800;

  const span = useMemo(() => {
    const sound = entries.map((entry) => !findings.some((finding) => concerns(finding, entry)));
    return spanOf(entries.map(timeOf), (index) => sound[index] === true);
  }, [entries, findings]);
  const axis = useMemo(() => axisOf(mode, schedule, span), [mode, schedule, span]);
  const ticks = useMemo(() => {
    const most = Math.max(2, Math.floor(widthPx / 96));
    return mode === 'true' ? roundTicks(span, most) : entryTicks(schedule, axis, most);
  }, [axis, mode, schedule, span, widthPx]);
  const silences = useMemo(() => longSilences(schedule), [schedule]);

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
  const faster = (by: number) => {
    const speed = speeds[speeds.indexOf(state.speed) + by];
    if (speed) dispatch({ type: 'speed', speed });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = keySteps[event.key];
    if (by !== undefined) dispatch({ type: 'step', by });
    else if (event.key === ' ' || event.key === 'Enter') toggle();
    else if (event.key === '+' || event.key === '=') faster(1);
    else if (event.key === '-') faster(-1);
    else if (event.key === 's' || event.key === 'S') onSkipping(!skipping);
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
            label: text('timeline.times', { speed }),
          }))}
        />
        <Switch
          className={classes.skip ?? ''}
          label={text('timeline.skip')}
          checked={skipping}
          onChange={(event) => onSkipping(event.currentTarget.checked)}
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
          {skipping && silences.length > 0
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
