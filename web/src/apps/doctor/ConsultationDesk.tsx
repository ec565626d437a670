import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconUserPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { QueueEntry } from '../../protocol/signaling';
import { CallBar, localMoment, VisitHeader } from '../../features/consultation-pane';
import type { QueueGroups } from '../../features/doctor-queue';
import {
  InviteDialog,
  useInvitationText,
  useOpenInvitation,
} from '../../features/guest-invitation';
import { ProposeFollowUp } from '../../features/follow-up';
import { ProofDialog } from '../../features/reauthentication';
import { TurnAway, UnsuitableClosing } from '../../features/not-suitable';
import { PatientPlace, RedFlagBand } from '../../features/safety';
import { EvidenceBand, PatientLine, useVisitPatient } from '../../features/visit-patient';
import { hasCode } from '../../shared/http';
import { useRoom, useUnread } from '../../shared/live';
import type { Call } from './call';
import classes from './ConsultationDesk.module.css';
import { DeskCentre } from './DeskCentre';
import { DeskPane, type PaneTab } from './DeskPane';
import { factsOf, useEntering } from './useEntering';
import { useShortcuts } from './useShortcuts';

export interface ConsultationDeskProps {
  consultationId: string;
  /** Whether this is the consultation in the centre; a call that goes on elsewhere is not. */
  shown: boolean;
  /** The visit in today's queue, if it is of today. */
  entry: QueueEntry | undefined;
  /** Whether the queue has been read, so that what is not in it is not of today. */
  queueKnown: boolean;
  groups: QueueGroups;
  /** The call that this page is in, this one or another. */
  call: Call | null;
  /** Where the bar of a call that is not shown stands. */
  barSlot: HTMLElement | null;
  home: string;
  hrefOf: (consultationId: string) => string;
  hospitalZone: string | undefined;
  aheadMs: number;
  chime: boolean;
  onCall: (change: (call: Call | null) => Call | null) => void;
  onOpen: (consultationId: string) => void;
  onHome: () => void;
}

/** One consultation with all that belongs to it: in the centre the patient, beside it chat and facts. */
export function ConsultationDesk(props: ConsultationDeskProps) {
  const { consultationId, shown, entry, call, barSlot, onCall, onOpen } = props;
  const { home, hospitalZone, aheadMs } = props;
  const visit = useRoom(consultationId, { kind: 'doctor', enter: 'later' });
  const { state, room, media, devices } = visit;
  const facts = factsOf(state, entry);
  const patient = useVisitPatient(consultationId, state.entries);
  const otherCall = call !== null && call.id !== consultationId ? call : null;
  useEntering(visit, facts?.state, otherCall !== null, props.queueKnown);

  // From the moment it is entered, not from the answer on: nothing may slip in between.
  const out = ['superseded', 'left', 'refused'].includes(state.phase);
  const inCall = facts?.state === 'in-progress' && otherCall === null && !out;
  const patientName = facts?.patient_name ?? '';
  useEffect(() => {
    if (!inCall) return undefined;
    const mine: Call = { id: consultationId, name: patientName, room };
    onCall((current) => current ?? mine);
    return () => onCall((current) => (current?.room === room ? null : current));
  }, [inCall, consultationId, patientName, room, onCall]);

  const [inviting, setInviting] = useState(false);
  const [tab, setTab] = useState<PaneTab>('chat');
  const unread = useUnread(visit, shown && tab === 'chat');
  const pane = useRef<HTMLDivElement>(null);
  const admission = useMutation({ mutationFn: () => room.admit() });
  const { reset } = admission;
  const stateNow = facts?.state;
  // Why it failed is of no interest once the visit has moved on.
  useEffect(() => () => reset(), [stateNow, reset]);
  // Asked for in front of this page; the patient waits on, and admitting is tried again by itself.
  const proofNeeded = hasCode(admission.error, 'auth.proof_needed');
  const mayAdmit = facts?.state === 'arrived' && otherCall === null && !admission.isPending;
  const ready = shown && facts?.state === 'arrived' && otherCall === null;

  // A device with a problem is as good as off: switching it on tries it again.
  const speaks = devices.microphone.on && devices.microphone.problem === null;
  const films = devices.camera.on && devices.camera.problem === null;

  useShortcuts({
    a: shown && mayAdmit ? () => admission.mutate() : undefined,
    c: shown
      ? () => {
          setTab('chat');
          // The pane may have to appear first.
          setTimeout(() => pane.current?.querySelector('textarea')?.focus(), 0);
        }
      : undefined,
    // In a call the stage has these two, whether it is seen or not.
    m: ready ? () => void media.setMicrophone(!speaks) : undefined,
    v: ready ? () => void media.setCamera(!films) : undefined,
  });

  // Without a relay only two can talk.
  const mayInvite = state.phase === 'inside' && state.relay;
  const inviteText = useInvitationText();
  const invited = useOpenInvitation(visit, mayInvite && shown);
  const open = facts !== undefined && facts.state !== 'finished' && facts.state !== 'cancelled';
  const barShown = call?.id === consultationId && !shown && facts !== undefined;
  return (
    <>
      <ProofDialog
        opened={shown && proofNeeded}
        onClose={reset}
        onProved={() => admission.mutate()}
      />
      {barShown &&
        barSlot &&
        createPortal(
          <CallBar
            name={facts.patient_name}
            since={localMoment(facts.admitted_at ?? facts.scheduled_start, aheadMs)}
            present={state.other?.presence === 'here'}
            muted={!speaks}
            unread={unread}
            onMute={(muted) => void media.setMicrophone(!muted)}
            onReturn={() => onOpen(consultationId)}
          />,
          barSlot,
        )}
      <div
        className={classes.root}
        // Not taken out of the page, or nothing would be heard of a call. Both, because a picture within
        // may say that it is visible, and what is only transparent is still read aloud.
        style={shown ? undefined : { visibility: 'hidden', opacity: 0 }}
        inert={!shown}
        data-state={facts?.state}
      >
        <section className={classes.centre} aria-label={facts?.patient_name}>
          {facts && (
            <VisitHeader
              facts={facts}
              presence={state.phase === 'inside' ? (state.other?.presence ?? null) : null}
              backTo={home}
              hospitalZone={hospitalZone}
              place={<PatientPlace entries={state.entries} />}
              action={
                <>
                  {facts.state === 'arrived' && mayInvite && (
                    <Button
                      variant="default"
                      size="compact-md"
                      leftSection={<IconUserPlus size={18} aria-hidden />}
                      onClick={() => setInviting(true)}
                    >
                      {invited === undefined
                        ? inviteText('open')
                        : inviteText('opened', { name: invited })}
                    </Button>
                  )}
                  {(facts.state === 'finished' || inCall) && (
                    <ProposeFollowUp
                      consultationId={consultationId}
                      patientName={facts.patient_name}
                    />
                  )}
                  {(facts.state === 'arrived' || inCall) && (
                    <TurnAway room={room} patientName={facts.patient_name} />
                  )}
                </>
              }
            />
          )}
          {open && (
            <RedFlagBand
              entries={state.entries}
              queued={entry?.red_flags ?? []}
              hospitalZone={hospitalZone}
            />
          )}
          {patient.data && (
            <PatientLine patient={patient.data} hospitalZone={hospitalZone} aheadMs={aheadMs} />
          )}
          {open && patient.data && <EvidenceBand patient={patient.data} />}
          {!open && <UnsuitableClosing entries={state.entries} />}
          <div className={classes.work}>
            <DeskCentre
              {...props}
              visit={visit}
              facts={facts}
              otherCall={otherCall}
              admitting={admission.isPending}
              admitError={proofNeeded ? null : admission.error}
              onAdmit={() => admission.mutate()}
              {...(mayInvite ? { onInvite: () => setInviting(true), invited } : {})}
            />
            <InviteDialog
              visit={visit}
              patientName={facts?.patient_name ?? ''}
              opened={inviting && open && shown}
              onClose={() => setInviting(false)}
            />
          </div>
        </section>
        {facts && (
          <DeskPane
            ref={pane}
            visit={visit}
            facts={facts}
            patient={patient.data}
            otherCall={otherCall !== null}
            tab={tab}
            onTab={setTab}
            unread={unread}
            hospitalZone={hospitalZone}
            aheadMs={aheadMs}
          />
        )}
      </div>
    </>
  );
}
