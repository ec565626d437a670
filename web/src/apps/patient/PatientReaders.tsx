import { RecordReaders, useReadersText } from '../../features/record-readers';
import { useHospital } from '../../shared/session';
import { BelowMe } from './BelowMe';

/** Who has read my record, and why. */
export function PatientReaders() {
  const text = useReadersText();
  const hospital = useHospital();
  return (
    <BelowMe title={text('title')} lead={text('lead')}>
      <RecordReaders hospitalZone={hospital?.time_zone} />
    </BelowMe>
  );
}
