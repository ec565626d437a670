import { PaymentReceipts, useReceiptsText } from '../../features/receipts-of-payment';
import { useHospital } from '../../shared/session';
import { BelowMe } from './BelowMe';

/** What I paid, and what went back. */
export function PatientPayments() {
  const text = useReceiptsText();
  const hospital = useHospital();
  return (
    <BelowMe title={text('title')} lead={text('lead')}>
      <PaymentReceipts hospitalZone={hospital?.time_zone} />
    </BelowMe>
  );
}
