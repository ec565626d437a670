import { Button, Title } from '@mantine/core';
import { IconCircleX } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import { hasCode } from '../../shared/http';
import { usePageTitle } from '../../shared/shell';
import { InlineError, StateView } from '../../shared/ui';
import { AnswerFirst } from './AnswerFirst';
import { Booked } from './Booked';
import classes from './Booking.module.css';
import { isKept, useBooking, useConfirm, type Booking } from './bookings';
import { Countdown } from './Countdown';
import { Release } from './Release';
import { ConfirmedLater, Requested } from './Requested';
import { useBookingText } from './strings';
import { Summary } from './Summary';
import { useSeconds } from './useSeconds';
import { useWhen } from './When';

export interface BookingPlaces {
  doctorTo: (doctorId: string) => string;
  bookTo: (doctorId: string, startsAt: string) => string;
  payTo: (bookingId: string) => string;
  visitTo: (bookingId: string) => string;
  home: string;
}

/** One booking: a hold to be finished, a visit that is booked, or a time that is kept no longer. */
export function BookingPage({ bookingId, ...places }: BookingPlaces & { bookingId: string }) {
  const text = useBookingText();
  const { data, error, isPending, refetch } = useBooking(bookingId);
  const held = data?.state === 'held';
  const now = useSeconds(held);
  const navigate = useNavigate();
  usePageTitle(text('book.title'));
  if (isPending) return <StateView kind="loading" shape="card" />;
  if (hasCode(error, 'not_found')) {
    return (
      <StateView
        kind="empty"
        first
        title={text('unknown.title')}
        detail={text('unknown.next')}
        action={{ label: text('unknown.home'), to: places.home }}
      />
    );
  }
  if (!data) {
    return (
      <StateView
        kind="error"
        first
        error={error}
        safe={text('times.gone')}
        onRetry={() => void refetch()}
      />
    );
  }
  if (isKept(data, now) && data.answers_needed) {
    return (
      <AnswerFirst
        booking={data}
        now={now}
        onAnswered={({ id, fee_minor: fee }) => {
          if (fee) void navigate(places.payTo(id), { replace: true });
        }}
      />
    );
  }
  if (isKept(data, now)) return <Held booking={data} now={now} {...places} />;
  switch (data.state) {
    case 'pending':
      return <Requested booking={data} home={places.home} />;
    case 'booked':
    case 'fulfilled':
      return <Booked booking={data} {...places} />;
    case 'held':
    case 'expired':
      return <Ended booking={data} now={now} {...places} />;
    case 'cancelled':
      return <GivenUp booking={data} {...places} />;
  }
}

function SummaryOf({ booking }: { booking: Booking }) {
  const { fee_minor: minor, currency } = booking;
  return (
    <Summary
      name={booking.practitioner_name}
      title={booking.practitioner_title}
      specialty={booking.specialty}
      startsAt={booking.starts_at}
      fee={minor === null || currency === null ? undefined : { minor, currency }}
      patient={booking.patient_name}
    />
  );
}

type PartProps = BookingPlaces & { booking: Booking };

function Held({ booking, now, payTo }: PartProps & { now: number }) {
  const text = useBookingText();
  const when = useWhen();
  const confirm = useConfirm();
  return (
    <div className={classes.root}>
      <Title order={1}>{text('hold.title')}</Title>
      {booking.held_until !== null && <Countdown until={booking.held_until} now={now} />}
      <SummaryOf booking={booking} />
      {booking.needs_confirmation && <ConfirmedLater />}
      <div className={classes.bar}>
        {confirm.error && <InlineError error={confirm.error} />}
        {booking.fee_minor && booking.currency !== null ? (
          <Button component={Link} to={payTo(booking.id)} fullWidth>
            {text('hold.pay', { amount: when.money(booking.fee_minor, booking.currency) })}
          </Button>
        ) : (
          <Button fullWidth loading={confirm.isPending} onClick={() => confirm.mutate(booking.id)}>
            {text('hold.confirm')}
          </Button>
        )}
        <Release booking={booking} />
      </div>
    </div>
  );
}

function Ended({ booking, now, doctorTo, bookTo }: PartProps & { now: number }) {
  const text = useBookingText();
  const when = useWhen();
  const confirm = useConfirm();
  const ahead = Date.parse(booking.starts_at) > now;
  const free = !booking.fee_minor && ahead;
  const gone = hasCode(confirm.error, 'booking.hold_ended');
  return (
    <div className={classes.root}>
      <div role="alert">
        <Title order={1}>{text('ended.title')}</Title>
        <p className={classes.quiet}>{text(free ? 'ended.lead' : 'ended.paid')}</p>
      </div>
      <SummaryOf booking={booking} />
      <div className={classes.bar}>
        {confirm.error && <InlineError error={confirm.error} />}
        {free && !gone && (
          <Button fullWidth loading={confirm.isPending} onClick={() => confirm.mutate(booking.id)}>
            {text('ended.again', { time: when.time(booking.starts_at) })}
          </Button>
        )}
        {ahead && !free && (
          <Button
            component={Link}
            to={bookTo(booking.practitioner_id, booking.starts_at)}
            fullWidth
          >
            {text('ended.again', { time: when.time(booking.starts_at) })}
          </Button>
        )}
        <Button
          component={Link}
          to={doctorTo(booking.practitioner_id)}
          fullWidth
          variant={ahead && !gone ? 'default' : 'filled'}
        >
          {text('ended.other')}
        </Button>
      </div>
    </div>
  );
}

function GivenUp({ booking, doctorTo, home }: PartProps) {
  const text = useBookingText();
  if (booking.needs_confirmation && booking.consultation_id === null) {
    return (
      <StateView
        kind="empty"
        first
        icon={IconCircleX}
        title={text('ended.unconfirmed')}
        detail={text('ended.unconfirmedLead')}
        action={{ label: text('booked.home'), to: home }}
      />
    );
  }
  // A visit that was booked has a consultation, a hold has none.
  const title = text(booking.consultation_id === null ? 'ended.given' : 'ended.cancelled');
  return (
    <StateView
      kind="empty"
      first
      icon={IconCircleX}
      title={title}
      detail={text('ended.givenLead')}
      action={{ label: text('ended.other'), to: doctorTo(booking.practitioner_id) }}
    />
  );
}
