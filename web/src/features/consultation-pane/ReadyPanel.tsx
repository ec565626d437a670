import { Button, Kbd } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Presence } from '../../protocol/signaling';
import { useFormat } from '../../shared/i18n';
import { Avatar, InlineError, Timecode } from '../../shared/ui';
import classes from './ReadyPanel.module.css';
import { usePaneText } from './strings';
import { localMoment, type VisitFacts } from './visit';

export interface ReadyPanelProps {
  facts: VisitFacts;
  presence: Presence;
  /** The presence as a mark and a word. */
  presenceMark: ReactNode;
  /** The doctor's own devices; nothing while they are in use for a call. */
  devices: ReactNode;
  hospitalZone: string | undefined;
  aheadMs: number;
  /** With whom this page is in a call already: nobody else can be admitted until it ends. */
  inCallWith: string | undefined;
  /** Another visit that was begun elsewhere and not ended. */
  leftOpen: ReactNode;
  admitting: boolean;
  /** Why admitting failed last. */
  error: unknown;
  onAdmit: () => void;
}

/** A patient who waits: since when, whether they are there, the own devices, and the way in. */
export function ReadyPanel(props: ReadyPanelProps) {
  const { facts, presence, presenceMark, devices, hospitalZone, aheadMs, leftOpen, inCallWith } =
    props;
  const text = usePaneText();
  const format = useFormat(hospitalZone);
  const arrived = facts.arrived_at ?? facts.scheduled_start;
  return (
    <div className={classes.root}>
      <section className={classes.patient} aria-label={facts.patient_name}>
        <Avatar name={facts.patient_name} size={72} />
        <div className={classes.wait}>
          <p className={classes.length}>
            <span className={classes.unit}>{text('ready.waitingFor')}</span>{' '}
            <Timecode since={localMoment(arrived, aheadMs)} />
          </p>
          <p className={classes.since}>
            {text('ready.arrived', { time: format.time(arrived) })}
            {presenceMark}
          </p>
        </div>
        {inCallWith === undefined && <Way {...props} />}
        <p className={classes.presence} role="status">
          {inCallWith === undefined
            ? text(`ready.${presence}`)
            : text('ready.busy', { name: inCallWith })}
        </p>
        {leftOpen}
      </section>
      {devices}
    </div>
  );
}

/** The one thing to press. */
function Way({ admitting, error, onAdmit }: ReadyPanelProps) {
  const text = usePaneText();
  return (
    <div className={classes.way}>
      <Button
        className={classes.admit}
        loading={admitting}
        rightSection={
          <Kbd className={classes.key ?? ''} aria-hidden>
            A
          </Kbd>
        }
        aria-keyshortcuts="A"
        onClick={onAdmit}
      >
        {text('ready.admit')}
      </Button>
      {error !== undefined && error !== null && <InlineError error={error} />}
    </div>
  );
}
