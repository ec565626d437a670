import { Button, Title } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { describeField } from '../../shared/http';
import { useHospital } from '../../shared/session';
import { InlineError, StateView } from '../../shared/ui';
import type { Basis } from './basis';
import classes from './Booking.module.css';
import { useAnswer, type Booking } from './bookings';
import { Countdown } from './Countdown';
import { DiagnosisChoice, RedFlagChoice } from './Questions';
import { Release } from './Release';
import { useBookingText } from './strings';
import { Summary } from './Summary';
import { useRedFlags, type RedFlags } from './useRedFlags';

export interface AnswerFirstProps {
  booking: Booking;
  now: number;
  /** Once it is answered. */
  onAnswered: (booking: Booking) => void;
}

/** A time from the waitlist: its patient answers what everyone is asked who books. */
export function AnswerFirst(props: AnswerFirstProps) {
  const text = useBookingText();
  const flags = useRedFlags();
  if (flags.isPending) return <StateView kind="loading" shape="card" />;
  if (!flags.data) {
    return (
      <StateView
        kind="error"
        first
        error={flags.error}
        safe={text('safe')}
        onRetry={() => void flags.refetch()}
      />
    );
  }
  return <Asking {...props} flags={flags.data} onOutdated={() => void flags.refetch()} />;
}

interface AskingProps extends AnswerFirstProps {
  flags: RedFlags;
  onOutdated: () => void;
}

function Asking({ booking, now, flags, onOutdated, onAnswered }: AskingProps) {
  const text = useBookingText();
  const number = useHospital()?.emergency_number ?? '';
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [basis, setBasis] = useState<Basis | null>(null);
  const [asked, setAsked] = useState(false);
  const answer = useAnswer(booking.id);
  const unseen = describeField(answer.error, 'diagnosis') !== undefined;
  const outdated = describeField(answer.error, 'red_flags') !== undefined;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (basis === null) {
      document.getElementById('earlier-diagnosis')?.scrollIntoView({ block: 'center' });
      return;
    }
    answer.mutate(
      { red_flags: flags.version, diagnosis: basis },
      {
        onSuccess: onAnswered,
        onError: (error) => {
          if (describeField(error, 'red_flags') !== undefined) onOutdated();
          if (describeField(error, 'diagnosis') !== undefined) {
            document.getElementById('earlier-diagnosis')?.scrollIntoView({ block: 'center' });
          }
        },
      },
    );
  };
  return (
    <form className={classes.root} onSubmit={submit} noValidate>
      <Title order={1}>{text('hold.title')}</Title>
      {booking.held_until !== null && <Countdown until={booking.held_until} now={now} />}
      <Summary
        name={booking.practitioner_name}
        title={booking.practitioner_title}
        specialty={booking.specialty}
        startsAt={booking.starts_at}
        fee={
          booking.fee_minor === null || booking.currency === null
            ? undefined
            : { minor: booking.fee_minor, currency: booking.currency }
        }
        patient={booking.patient_name}
      />
      <DiagnosisChoice
        value={basis}
        onChange={(chosen) => {
          setBasis(chosen);
          answer.reset();
        }}
        missing={asked && basis === null}
        unseen={unseen}
      />
      <RedFlagChoice flags={flags} ticked={ticked} onChange={setTicked} number={number} />
      <div className={classes.bar}>
        {outdated ? (
          <p role="alert">{text('book.changed')}</p>
        ) : (
          answer.error && !unseen && <InlineError error={answer.error} />
        )}
        <Button
          type="submit"
          fullWidth
          variant={ticked.length > 0 ? 'default' : 'filled'}
          loading={answer.isPending}
        >
          {text(ticked.length > 0 ? 'book.onUrgent' : 'book.on')}
        </Button>
        <Release booking={booking} />
      </div>
    </form>
  );
}
