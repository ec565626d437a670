import { SlotChoices } from '../../features/booking';
import { FollowUps } from '../../features/follow-up';
import { useAccount } from '../../shared/session';
import { doctorPath, followUpPath } from './paths';

/** What doctors proposed, each with a few times to take at once; of one visit alone where it is named. */
export function VisitFollowUps({ visit }: { visit?: string }) {
  const account = useAccount();
  return (
    <FollowUps
      of={visit}
      to={doctorPath}
      choices={({
        practitioner_id: id,
        due_on: day,
        proposed_at: about,
        patient_id: patient,
        patient_name: name,
      }) => (
        <SlotChoices
          doctorId={id}
          day={day}
          about={about}
          to={(at) => followUpPath(id, at, name === account.display_name ? null : patient)}
        />
      )}
    />
  );
}
