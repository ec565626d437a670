import { useParams } from 'react-router';
import { DoctorDetail } from '../../features/doctor-approval';
import { ScheduleEditor } from '../../features/schedule-editor';
import { NotFound } from '../../shared/shell';
import { doctorsPath } from './places';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One doctor: the decision, the profile, the week. */
export function AdminDoctor() {
  const { doctorId = '' } = useParams();
  if (!uuid.test(doctorId)) return <NotFound />;
  return (
    <DoctorDetail key={doctorId} doctorId={doctorId} back={doctorsPath}>
      <ScheduleEditor doctorId={doctorId} />
    </DoctorDetail>
  );
}
