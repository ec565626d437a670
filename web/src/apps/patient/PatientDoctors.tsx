import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { JoinWaitlist } from '../../features/appointment-changes';
import { SlotPicker } from '../../features/booking';
import { DoctorDirectory, DoctorPage } from '../../features/doctor-directory';
import { ForWhom, forOneself, useFamily, useWhomIsWhole } from '../../features/family';
import { useSession } from '../../shared/session';
import { NotFound } from '../../shared/shell';
import { bookPath, doctorPath, doctorsPath, familyPath } from './paths';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** All the doctors whom the patient can see. */
export function PatientDoctors() {
  return <DoctorDirectory to={doctorPath} />;
}

/** One of them. */
export function PatientDoctor() {
  const { doctorId = '' } = useParams();
  const [parameters] = useSearchParams();
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
            day={parameters.get('day') ?? undefined}
          />
          {state.status === 'signed_in' && <Waitlist doctorId={doctorId} />}
        </>
      }
    />
  );
}

function Waitlist({ doctorId }: { doctorId: string }) {
  const [whom, setWhom] = useState(forOneself);
  const members = useFamily().data?.members ?? [];
  const whole = useWhomIsWhole(whom);
  return (
    <JoinWaitlist
      doctorId={doctorId}
      bookTo={(startsAt) => bookPath(doctorId, startsAt, whom.patient_id)}
      whom={{
        ...whom,
        whole,
        choice: (asked) => (
          <ForWhom plain value={whom} onChange={setWhom} asked={asked} familyPath={familyPath} />
        ),
        family: members.filter(({ state }) => state === 'active').map(({ patient_id: id }) => id),
      }}
    />
  );
}
