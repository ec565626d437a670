import { useParams } from 'react-router';
import { JoinWaitlist } from '../../features/appointment-changes';
import { SlotPicker } from '../../features/booking';
import { DoctorDirectory, DoctorPage } from '../../features/doctor-directory';
import { useSession } from '../../shared/session';
import { NotFound } from '../../shared/shell';
import { bookPath, doctorPath, doctorsPath } from './paths';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** All the doctors whom the patient can see. */
export function PatientDoctors() {
  return <DoctorDirectory to={doctorPath} />;
}

/** One of them. */
export function PatientDoctor() {
  const { doctorId = '' } = useParams();
  const { state } = useSession();
  if (!uuid.test(doctorId)) return <NotFound />;
  return (
    <DoctorPage
      doctorId={doctorId}
      back={doctorsPath}
      times={
        <>
          <SlotPicker
            doctorId={doctorId}
            to={(startsAt) => bookPath(doctorId, startsAt)}
            doctorsPath={doctorsPath}
          />
          {state.status === 'signed_in' && <JoinWaitlist doctorId={doctorId} />}
        </>
      }
    />
  );
}
