import { FamilyList, useFamilyText } from '../../features/family';
import { IdentityCard } from '../../features/identity';
import { useHospital } from '../../shared/session';
import { BelowMe } from './BelowMe';

/** For whom I book and attend visits: my children, and adults who agreed. */
export function PatientFamily() {
  const text = useFamilyText();
  const hospital = useHospital();
  return (
    <BelowMe title={text('title')} lead={text('lead')}>
      <FamilyList
        hospitalZone={hospital?.time_zone}
        below={({ patient_id: patientId }) => <IdentityCard patientId={patientId} />}
      />
    </BelowMe>
  );
}
