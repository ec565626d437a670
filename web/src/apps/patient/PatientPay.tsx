import { Stack, Title } from '@mantine/core';
import { useNavigate, useParams } from 'react-router';
import { HoldAside, HoldRelease, useHoldEnded } from '../../features/booking';
import { PayVisit, usePaymentText } from '../../features/payment';
import { usePageTitle } from '../../shared/shell';
import { bookingPath, bookPath, doctorPath } from './paths';

/** Paying for a visit whose time is held. */
export function PatientPay() {
  const text = usePaymentText();
  const navigate = useNavigate();
  const { bookingId = '' } = useParams();
  const ended = useHoldEnded(bookingId);
  usePageTitle(text('title'));
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
