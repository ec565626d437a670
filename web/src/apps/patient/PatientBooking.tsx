import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { BookingPage, BookSlot, useBookingText, useWhen } from '../../features/booking';
import { ForWhom, useWhomIsWhole, type Whom } from '../../features/family';
import { usePageTitle } from '../../shared/shell';
import { StateView } from '../../shared/ui';
import {
  bookPath,
  doctorPath,
  doctorsPath,
  familyPath,
  onwardPath,
  payPath,
  visitPath,
} from './paths';

/** One time of one doctor, on its way to being booked. */
export function PatientBook() {
  const text = useBookingText();
  const when = useWhen();
  const { doctorId = '' } = useParams();
  const [parameters] = useSearchParams();
  usePageTitle(text('book.title'));
  const [whom, setWhom] = useState<Whom>({
    patient_id: parameters.get('for'),
    guardian_consents: false,
  });
  const whole = useWhomIsWhole(whom);
  const [now] = useState(() => Date.now());
  const at = Date.parse(parameters.get('at') ?? '');
  if (Number.isNaN(at)) {
    return (
      <StateView
        kind="empty"
        first
        title={text('book.broken')}
        detail={text('book.brokenNext')}
        action={{ label: text('times.others'), to: doctorsPath }}
      />
    );
  }
  if (at <= now) {
    return (
      <StateView
        kind="empty"
        first
        title={text('book.over', { when: when.short(new Date(at).toISOString()) })}
        detail={text('book.overNext')}
        action={{ label: text('ended.other'), to: doctorPath(doctorId) }}
      />
    );
  }
  return (
    <BookSlot
      doctorId={doctorId}
      startsAt={new Date(at).toISOString()}
      followUp={parameters.has('follow_up')}
      bookTo={(id, startsAt) => bookPath(id, startsAt, whom.patient_id)}
      doctorTo={doctorPath}
      bookingTo={onwardPath}
      whom={{
        ...whom,
        whole,
        choice: (asked) => (
          <ForWhom value={whom} onChange={setWhom} asked={asked} familyPath={familyPath} />
        ),
      }}
    />
  );
}

/** One booking: to be finished, booked, or kept no longer. */
export function PatientBooking() {
  const { bookingId = '' } = useParams();
  return (
    <BookingPage
      key={bookingId}
      bookingId={bookingId}
      doctorTo={doctorPath}
      bookTo={bookPath}
      payTo={payPath}
      visitTo={(id) => visitPath({ id })}
      home="/"
    />
  );
}
