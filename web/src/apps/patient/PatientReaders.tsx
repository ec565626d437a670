import { Stack, Title } from '@mantine/core';
import { Link } from 'react-router';
import { RecordReaders, useReadersText } from '../../features/record-readers';
import { useHospital } from '../../shared/session';
import { usePageTitle } from '../../shared/shell';
import classes from './sections.module.css';
import { usePatientText } from './strings';

/** Who has read my record, and why. */
export function PatientReaders() {
  const text = useReadersText();
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
      <RecordReaders hospitalZone={hospital?.time_zone} />
    </Stack>
  );
}
