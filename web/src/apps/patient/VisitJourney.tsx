import { useMediaQuery } from '@mantine/hooks';
import { IconCalendarOff, IconDevices, IconPhoneOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { Evidence, useBookingText } from '../../features/booking';
import { CallStage } from '../../features/call';
import { ChatPane, useKeyboardInset } from '../../features/chat';
import { removeGuest } from '../../features/guest-invitation';
import { GuardianBar, GuardianStep, useFamilyText } from '../../features/family';
import {
  FeelWorse,
  LocationBar,
  LocationStep,
  QuestionsBar,
  SafetyStep,
  UrgentNotice,
  useEmergencyNumber,
  useLocationForm,
  useQuestions,
  useSafetyText,
  useVisitSafety,
} from '../../features/safety';
import { useNow, useRefreshVisits, useVisitTimes, type Visit } from '../../features/visits';
import { useRoom, useUnread, type RoomHandle } from '../../shared/live';
import { useHospital } from '../../shared/session';
import { StateView } from '../../shared/ui';
import { announceAdmission } from './admitted';
import { AfterwardsStep } from './AfterwardsStep';
import { forgetCall, rememberCall, wasInCall } from './callMemory';
import { CancelledStep } from './CancelledStep';
import { EarlyStep } from './EarlyStep';
import { gateOf, stateOf, stepOf, stripStepOf, type Gate, type Known, type Step } from './journey';
import { Notice } from './Notice';
import { doctorPath } from './paths';
import { EnterBar, ReadyStep } from './ReadyStep';
import { RefusedStep } from './RefusedStep';
import { usePatientText } from './strings';
import { VisitFrame } from './VisitFrame';
import classes from './VisitJourney.module.css';
import { useWaitSummary, WaitingStep } from './WaitingStep';

const gatePages = {
  loading: 'questions.page',
  error: 'questions.page',
  safety: 'questions.page',
  location: 'location.page',
} as const;

/** Steps on which it counts where the patient is, or what was answered. */
const safetyNeeded: ReadonlySet<Step> = new Set(['early', 'waiting', 'afterwards']);

export interface VisitJourneyProps {
  visit: Visit;
  /** Whether this is what the server says now, rather than what the page remembers. */
  fresh: boolean;
}

/**
 * The whole journey of one visit. The room is held here, above all steps, so that going from one to the
 * next never lets go of the connection, the devices or the place.
 */
export function VisitJourney({ visit, fresh }: VisitJourneyProps) {
  const id = visit.consultation_id;
  const text = usePatientText();
  const times = useVisitTimes();
  const navigate = useNavigate();
  const now = useNow(1_000);
  const hospital = useHospital();
  const desktop = useMediaQuery('(min-width: 960px)', false, { getInitialValueInEffect: false });

  const room = useRoom(id, { kind: 'patient', enter: 'later' });
  const { phase, consultation, error, connection } = room.state;
  const [returns, setReturns] = useState(() => wasInCall(id));
  const known: Known = {
    visit,
    // A connection that will not have this page lets nobody in either.
    phase: connection.status === 'refused' ? 'refused' : phase,
    live: consultation?.state ?? null,
    refusal: error?.code ?? null,
    returns,
    now,
  };
  const state = stateOf(known);
  const step = stepOf(known);

  // Who has a place, or was in the call a moment ago, is brought back without a question.
  const comesBack = fresh && phase === 'outside' && (step === 'waiting' || step === 'call');
  const { enter } = room;
  useEffect(() => {
    if (comesBack) enter();
  }, [comesBack, enter]);

  const inCall = phase === 'inside' && state === 'in-progress';
  const callIsOver = phase === 'left' || state === 'finished';
  if (callIsOver && returns) setReturns(false);
  useEffect(() => {
    if (inCall) rememberCall(id);
    if (callIsOver) forgetCall();
  }, [inCall, callIsOver, id]);

  const refreshVisits = useRefreshVisits();
  useEffect(() => {
    if (phase !== 'outside') refreshVisits();
  }, [phase, state, refreshVisits]);

  const safetyText = useSafetyText();
  const familyText = useFamilyText();
  const bookingText = useBookingText();
  const asks = step === 'ready' && state !== 'in-progress' && phase !== 'entering';
  const safety = useVisitSafety(id, asks || safetyNeeded.has(step));
  const gate = asks ? gateOf(safety.data, safety.isError) : null;
  const questions = useQuestions(id, safety.data);
  const location = useLocationForm(id, safety.data);
  const hospitalNumber = hospital?.emergency_number ?? '';
  const emergencyNumber = useEmergencyNumber(safety.data);
  const flags = safety.data?.flags ?? [];
  const urgent = (
    <UrgentNotice
      flags={flags}
      emergencyNumber={hospitalNumber}
      country={safety.data?.location?.country}
    />
  );
  // Who was refused for an answer that the server does not have is asked for it again.
  const missing = phase === 'refused' && gate === null && step === 'ready';
  const readSafety = safety.refetch;
  useEffect(() => {
    if (missing) void readSafety();
  }, [missing, readSafety]);

  const main = useStepFocus(gate ?? step);
  const talks = step === 'waiting' || step === 'call';
  const [chatOpened, setChatOpened] = useState(false);
  const sheetUp = talks && !desktop && chatOpened;
  const keyboard = useKeyboardInset(sheetUp);
  const unread = useUnread(room, talks && (desktop || chatOpened));
  const wait = useWaitSummary(room.state.waiting, visit, now);
  const hospitalZone = hospital?.time_zone;
  const named = { name: visit.practitioner_name, when: times.at(visit.starts_at, now) };
  const joins = state === 'in-progress';

  const titles: Record<Step, string> = {
    early: text('visit.early.page'),
    ready: text(joins ? 'visit.join.title' : 'visit.ready.title'),
    waiting: wait?.place ?? text('visit.waiting.page'),
    call: text('visit.call.page'),
    left: text('visit.left.title'),
    afterwards: text('visit.afterwards.page'),
    cancelled: text('visit.cancelled.title'),
    late: text('visit.late.title'),
    superseded: text('visit.superseded.title'),
    refused: text('visit.loading'),
  };

  const view = () => {
    switch (gate) {
      case 'loading':
        return <StateView kind="loading" shape="form" />;
      case 'error':
        return (
          <StateView
            kind="error"
            first
            error={safety.error}
            safe={safetyText('questions.safe', { number: hospitalNumber })}
            onRetry={() => void safety.refetch()}
          />
        );
      case 'guardian':
        return <GuardianStep name={visit.patient_name} />;
      case 'safety':
        return <SafetyStep questions={questions} />;
      case 'location':
        return (
          <>
            {urgent}
            <LocationStep form={location} emergencyNumber={hospitalNumber} />
          </>
        );
      case 'diagnosis':
        return (
          <>
            {urgent}
            <h1 className="tv-visually-hidden" tabIndex={-1}>
              {bookingText('evidence.title')}
            </h1>
            <Evidence consultationId={id} onComplete={() => void safety.refetch()} />
          </>
        );
      case null:
    }
    switch (step) {
      case 'early':
        return <EarlyStep visit={visit} room={room} now={now} />;
      case 'ready':
        return (
          <>
            {!joins && urgent}
            <ReadyStep visit={visit} room={room} now={now} joins={joins} />
          </>
        );
      case 'waiting':
        return (
          <WaitingStep
            visit={visit}
            room={room}
            now={now}
            urgent={urgent}
            emergencyNumber={emergencyNumber}
            worse={
              <>
                <Evidence consultationId={id} news={shownOf(room.state.entries)} />
                {safety.data && (
                  <FeelWorse
                    consultationId={id}
                    safety={safety.data}
                    emergencyNumber={emergencyNumber}
                  />
                )}
              </>
            }
            chat={desktop ? undefined : { unread, onOpen: () => setChatOpened(true) }}
          />
        );
      case 'call':
        return (
          <>
            <h1 className="tv-visually-hidden" tabIndex={-1}>
              {text('visit.call.title', named)}
            </h1>
            <CallStage
              visit={room}
              onRemoveThird={() => removeGuest(room.room.consultationId)}
              {...(desktop
                ? {}
                : {
                    chat: {
                      opened: chatOpened,
                      unread,
                      onToggle: () => setChatOpened((opened) => !opened),
                    },
                  })}
              exit={{ label: text('visit.home'), onPress: () => void navigate('/') }}
            />
          </>
        );
      case 'left':
        return (
          <Notice
            icon={IconPhoneOff}
            title={text('visit.left.title')}
            action={{ label: text('visit.left.again'), onPress: enter }}
          >
            {text('visit.left.what')}
          </Notice>
        );
      case 'superseded':
        return (
          <Notice
            icon={IconDevices}
            tone="amber"
            title={text('visit.superseded.title')}
            action={{ label: text('visit.superseded.here'), onPress: enter }}
          >
            {text('visit.superseded.what')}
          </Notice>
        );
      case 'cancelled':
        return <CancelledStep visit={visit} now={now} />;
      case 'late':
        return (
          <Notice
            icon={IconCalendarOff}
            tone="quiet"
            title={text('visit.late.title')}
            onward={{ label: text('visit.again'), to: doctorPath(visit.practitioner_id) }}
          >
            {text('visit.late.what', named)}
          </Notice>
        );
      case 'refused':
        return <RefusedStep room={room} />;
      case 'afterwards':
        return (
          <AfterwardsStep
            visit={visit}
            room={room}
            now={now}
            fresh={fresh}
            emergencyNumber={emergencyNumber}
          />
        );
    }
  };

  const footer = () => {
    if (gate === 'guardian') {
      return <GuardianBar consultationId={id} onGiven={safety.refetch} />;
    }
    if (gate === 'safety') {
      return <QuestionsBar questions={questions} emergencyNumber={emergencyNumber} />;
    }
    if (gate === 'location') return <LocationBar form={location} />;
    return step === 'ready' && gate === null ? <EnterBar room={room} joins={joins} /> : undefined;
  };

  return (
    <>
      <VisitFrame
        title={
          gate === null
            ? titles[step]
            : gate === 'guardian'
              ? familyText('guardian.page')
              : gate === 'diagnosis'
                ? bookingText('evidence.title')
                : safetyText(gatePages[gate])
        }
        step={gate ?? step}
        mainRef={main}
        mode={step === 'call' ? 'stage' : 'page'}
        sheet={step === 'call' && sheetUp ? { keyboard } : undefined}
        wide={step === 'ready' && gate === null}
        withHome={!talks}
        strip={
          step === 'cancelled'
            ? undefined
            : {
                current: stripStepOf(step, state),
                ...(step === 'waiting' && wait ? { detail: wait.wait } : {}),
              }
        }
        side={
          talks && desktop ? (
            <>
              <h2 className={classes.chatTitle}>{text('visit.chat', named)}</h2>
              <ChatPane visit={room} layout="pane" hospitalZone={hospitalZone} />
            </>
          ) : undefined
        }
        footer={footer()}
      >
        {view()}
      </VisitFrame>
      {talks && !desktop && (
        <ChatPane
          visit={room}
          layout="sheet"
          opened={chatOpened}
          onClose={() => setChatOpened(false)}
          hospitalZone={hospitalZone}
        />
      )}
    </>
  );
}

/** How often documents were added or something was said of a diagnosis, by whatever page. */
function shownOf(entries: RoomHandle['state']['entries']): number {
  return entries.filter(({ kind }) => kind === 'diagnosis' || kind === 'file').length;
}

/**
 * At every change of step the new page begins at its top and its heading has the focus, so that who
 * cannot see the change hears it. From waiting into the call a bell rings, too.
 */
function useStepFocus(step: Step | Exclude<Gate, null>) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    const before = shown.current;
    if (before === step) return;
    shown.current = step;
    window.scrollTo({ top: 0 });
    main.current?.querySelector('h1')?.focus({ preventScroll: true });
    if (before === 'waiting' && step === 'call') announceAdmission();
  }, [step]);
  return main;
}
