import { Stack, Title } from '@mantine/core';
import { Navigate, useNavigate, useParams } from 'react-router';
import { HoldAside, HoldRelease, useBooking, useHoldEnded } from '../../features/booking';
import { PayVisit, usePaymentText } from '../../features/payment';
import { usePageTitle } from '../../shared/shell';
import { bookingPath, bookPath, doctorPath } from './paths';

/** Paying for a visit whose time is held. */
export function PatientPay() {
  const text = usePaymentText();
  const navigate = useNavigate();
  const { bookingId = '' } = useParams();
  const ended = useHoldEnded(bookingId);
  const booking = useBooking(bookingId);
  usePageTitle(text('title'));
  // A time from the waitlist: the questions come first.
  if (booking.data?.answers_needed) return <Navigate to={bookingPath(bookingId)} replace />;
  return (
    <Stack gap="md">
      <Title order={1}>{text('title')}</Title>
      <HoldAside bookingId={bookingId} doctorTo={doctorPath} bookTo={bookPath} />
      <PayVisit
        bookingId={bookingId}
        ended={ended}
        visitsPath={bookingPath(bookingId)}
        onPaid={() => void navigate(bookingPath(bookingId), { replace: true })}
      />
      <HoldRelease bookingId={bookingId} onDone={() => void navigate(bookingPath(bookingId))} />
    </Stack>
  );
}
