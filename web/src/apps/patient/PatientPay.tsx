import { useParams } from 'react-router';
import { PayVisit, usePaymentText } from '../../features/payment';
import { usePageTitle } from '../../shared/shell';

/** Paying for a visit whose time is held. */
export function PatientPay() {
  const text = usePaymentText();
  const { bookingId = '' } = useParams();
  usePageTitle(text('title'));
  return <PayVisit bookingId={bookingId} visitsPath="/" />;
}
