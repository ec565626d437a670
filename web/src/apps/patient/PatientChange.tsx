import { useNavigate, useParams, useSearchParams } from 'react-router';
import {
  changeState,
  ChangeVisit,
  OfferTimes,
  useChangesText,
} from '../../features/appointment-changes';
import { SlotPicker } from '../../features/booking';
import { usePageTitle } from '../../shared/shell';
import { changePath, doctorsPath, offerPath } from './paths';

/** Moving or cancelling a booked visit. */
export function PatientChange() {
  const text = useChangesText();
  const navigate = useNavigate();
  const { bookingId = '' } = useParams();
  const [parameters] = useSearchParams();
  usePageTitle(text('change.title'));
  return (
    <ChangeVisit
      bookingId={bookingId}
      at={parameters.get('at') ?? undefined}
      home="/"
      again={changePath({ id: bookingId })}
      times={(doctorId) => (
        <SlotPicker
          doctorId={doctorId}
          to={(at) => changePath({ id: bookingId }, at)}
          doctorsPath={doctorsPath}
        />
      )}
      onDone={(change) => void navigate('/', { replace: true, state: changeState(change) })}
    />
  );
}

/** Another time of the same doctor for a visit that the hospital called off. */
export function PatientOffer() {
  const text = useChangesText();
  const navigate = useNavigate();
  const { offerId = '' } = useParams();
  const [parameters, setParameters] = useSearchParams();
  usePageTitle(text('offer.times'));
  return (
    <OfferTimes
      offerId={offerId}
      at={parameters.get('at') ?? undefined}
      home="/"
      times={(doctorId) => (
        <SlotPicker
          doctorId={doctorId}
          to={(at) => offerPath(offerId, at)}
          doctorsPath={doctorsPath}
        />
      )}
      onDone={(change) => void navigate('/', { replace: true, state: changeState(change) })}
      onAgain={() => setParameters({}, { replace: true })}
    />
  );
}
