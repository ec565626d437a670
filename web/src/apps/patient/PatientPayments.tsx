import { Stack, Title } from '@mantine/core';
import { Link } from 'react-router';
import { PaymentReceipts, useReceiptsText } from '../../features/receipts-of-payment';
import { useHospital } from '../../shared/session';
import { usePageTitle } from '../../shared/shell';
import classes from './sections.module.css';
import { usePatientText } from './strings';

/** What I paid, and what went back. */
export function PatientPayments() {
  const text = useReceiptsText();
  const ownText = usePatientText();
  const hospital = useHospital();
  usePageTitle(text('title'));
  return (
    <Stack gap="lg">
      <div>
        <Title order={1}>{text('title')}</Title>
        <p className={classes.lead}>{text('lead')}</p>
        <Link to="/me" className={classes.link}>
          {ownText('me.back')}
        </Link>
      </div>
      <PaymentReceipts hospitalZone={hospital?.time_zone} />
    </Stack>
  );
}
