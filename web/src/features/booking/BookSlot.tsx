import { Button, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { describeField, hasCode } from '../../shared/http';
import { useLanguage } from '../../shared/i18n';
import { useHospital } from '../../shared/session';
import { InlineError, StateView } from '../../shared/ui';
import type { Basis } from './basis';
import classes from './Booking.module.css';
import { useConfirm, useHold, type Booking } from './bookings';
import { DiagnosisChoice, RedFlagChoice } from './Questions';
import { useBookingText } from './strings';
import { Summary } from './Summary';
import { Taken } from './Taken';
import { useDoctor, type Doctor } from './useDoctor';
import { useRedFlags, type RedFlags } from './useRedFlags';
import { useWhen } from './When';

export interface BookSlotProps {
  doctorId: string;
  startsAt: string;
  /** The doctor asked for it: known already, and booked at once when it costs nothing. */
  followUp: boolean;
  bookTo: (doctorId: string, startsAt: string) => string;
  doctorTo: (doctorId: string) => string;
  /** Where a hold is gone on with. */
  bookingTo: (booking: Booking) => string;
  whom: WhomChoice;
}

/** For whom it is, and the part of the page that asks it. */
export interface WhomChoice {
  patient_id: string | null;
  guardian_consents: boolean;
  /** Whether nothing is missing; `choice` says what is, once one tried to go on. */
  whole: boolean;
  choice: (asked: boolean) => ReactNode;
}

/** One time of one doctor: what is asked first, and the button that keeps it. */
export function BookSlot(props: BookSlotProps) {
  const text = useBookingText();
  const doctor = useDoctor(props.doctorId);
  const flags = useRedFlags();
  if (doctor.isPending || flags.isPending) return <StateView kind="loading" shape="card" />;
  if (!doctor.data || !flags.data) {
    return (
      <StateView
        kind="error"
        first
        error={doctor.error ?? flags.error}
        safe={text('safe')}
        onRetry={() => void Promise.all([doctor.refetch(), flags.refetch()])}
      />
    );
  }
  return (
    <Asking
      key={`${props.doctorId}${props.startsAt}`}
      {...props}
      doctor={doctor.data}
      flags={flags.data}
      onOutdated={() => void flags.refetch()}
    />
  );
}

interface AskingProps extends BookSlotProps {
  doctor: Doctor;
  flags: RedFlags;
  onOutdated: () => void;
}

function Asking({ doctor, flags, onOutdated, ...props }: AskingProps) {
  const { startsAt, followUp, doctorTo, bookTo, bookingTo, whom } = props;
  const text = useBookingText();
  const when = useWhen();
  const navigate = useNavigate();
  const [language] = useLanguage();
  const number = useHospital()?.emergency_number ?? '';
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [basis, setBasis] = useState<Basis | null>(followUp ? 'earlier_visit' : null);
  const [asked, setAsked] = useState(false);
  // The hospital has no earlier visit of this patient, whatever was chosen.
  const [unseen, setUnseen] = useState(false);
  const hold = useHold();
  const confirm = useConfirm();
  const urgent = ticked.length > 0;
  const atOnce = followUp && doctor.fee_minor === 0;
  const specialty = doctor.specialty.words[language] ?? doctor.specialty.code;
  const fee = { minor: doctor.fee_minor, currency: doctor.currency };
  const back = (
    <Link to={doctorTo(doctor.id)} className={classes.back}>
      <IconArrowLeft size={20} aria-hidden />
      {text('book.back')}
    </Link>
  );

  if (hasCode(hold.error, 'booking.slot_taken')) {
    return (
      <div className={classes.root}>
        {back}
        <Title order={1}>{text('book.title')}</Title>
        <Taken
          startsAt={startsAt}
          doctor={doctor}
          alternatives={hold.error.alternatives ?? []}
          bookTo={bookTo}
          doctorTo={doctorTo}
        />
      </div>
    );
  }

  const keep = async (diagnosis: Basis) => {
    let held = await hold.mutateAsync({
      practitioner_id: doctor.id,
      starts_at: startsAt,
      red_flags: flags.version,
      diagnosis,
      patient_id: whom.patient_id,
      guardian_consents: whom.guardian_consents,
    });
    // What was free a moment ago may have got a fee meanwhile: then it is shown before anything else.
    if (atOnce && held.state === 'held' && held.fee_minor === 0)
      held = await confirm.mutateAsync(held.id);
    await navigate(bookingTo(held), { replace: true });
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!whom.whole) {
      document.getElementById('for-whom')?.scrollIntoView({ block: 'center' });
      return;
    }
    if (basis === null) {
      document.getElementById('earlier-diagnosis')?.scrollIntoView({ block: 'center' });
      return;
    }
    if (hold.isPending || confirm.isPending) return;
    // What fails is said below.
    keep(basis).catch((failure: unknown) => {
      if (describeField(failure, 'red_flags') !== undefined) onOutdated();
      if (describeField(failure, 'diagnosis') !== undefined) {
        setUnseen(true);
        setBasis(null);
        document.getElementById('earlier-diagnosis')?.scrollIntoView({ block: 'center' });
      }
    });
  };
  const outdated = describeField(hold.error, 'red_flags') !== undefined;
  const label = atOnce ? (urgent ? 'nowUrgent' : 'now') : urgent ? 'holdUrgent' : 'hold';
  const error = hold.error ?? confirm.error;

  return (
    <form className={classes.root} onSubmit={submit} noValidate>
      {back}
      <Title order={1}>{text('book.title')}</Title>
      <Summary
        name={doctor.name}
        title={doctor.title}
        specialty={specialty}
        startsAt={startsAt}
        fee={fee}
      />
      {whom.choice(asked)}
      {followUp && !unseen ? (
        <p className={classes.quiet}>{text('book.followUp', { name: doctor.name })}</p>
      ) : (
        <DiagnosisChoice
          value={basis}
          onChange={(chosen) => {
            setBasis(chosen);
            setUnseen(false);
            hold.reset();
          }}
          missing={asked && basis === null}
          unseen={unseen}
        />
      )}
      <RedFlagChoice flags={flags} ticked={ticked} onChange={setTicked} number={number} />
      <div className={classes.bar}>
        {outdated ? (
          <p role="alert">{text('book.changed')}</p>
        ) : (
          error && !unseen && <InlineError error={error} />
        )}
        <Button
          type="submit"
          fullWidth
          variant={urgent ? 'default' : 'filled'}
          loading={hold.isPending || confirm.isPending}
        >
          {text(`book.${label}`, { time: when.time(startsAt) })}
        </Button>
        {!atOnce && <p className={classes.under}>{text('book.after')}</p>}
      </div>
    </form>
  );
}
