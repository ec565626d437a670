import { Stack, Title } from '@mantine/core';
import { Link } from 'react-router';
import { FamilyList, useFamilyText } from '../../features/family';
import { IdentityCard } from '../../features/identity';
import { useHospital } from '../../shared/session';
import { usePageTitle } from '../../shared/shell';
import classes from './sections.module.css';
import { usePatientText } from './strings';

/** For whom I book and attend visits: my children, and adults who agreed. */
export function PatientFamily() {
  const text = useFamilyText();
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
      <FamilyList
        hospitalZone={hospital?.time_zone}
        below={({ patient_id: patientId }) => <IdentityCard patientId={patientId} />}
      />
    </Stack>
  );
}
