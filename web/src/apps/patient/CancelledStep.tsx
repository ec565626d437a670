import { Stack } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { changeState, OfferOf } from '../../features/appointment-changes';
import { useVisitTimes, type Visit } from '../../features/visits';
import { Notice } from './Notice';
import { doctorPath, offerPath } from './paths';
import { usePatientText } from './strings';

/** A visit that does not take place: the other times that the hospital offers, else the way to a new one. */
export function CancelledStep({ visit, now }: { visit: Visit; now: number }) {
  const text = usePatientText();
  const times = useVisitTimes();
  const navigate = useNavigate();
  const again = { label: text('visit.again'), to: doctorPath(visit.practitioner_id) };
  return (
    <OfferOf
      appointmentId={visit.id}
      to={offerPath}
      onTaken={(change) => void navigate('/', { replace: true, state: changeState(change) })}
    >
      {(offer) => (
        <Stack gap="lg">
          <Notice
            icon={IconCalendarOff}
            tone="quiet"
            title={text('visit.cancelled.title')}
            {...(offer === null ? { onward: again } : {})}
          >
            {text('visit.cancelled.what', {
              name: visit.practitioner_name,
              when: times.at(visit.starts_at, now),
            })}
          </Notice>
          {offer}
        </Stack>
      )}
    </OfferOf>
  );
}
