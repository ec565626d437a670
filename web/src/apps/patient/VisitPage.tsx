import { IconFileUnknown, IconLock } from '@tabler/icons-react';
import { Navigate, useParams } from 'react-router';
import { useNow, useVisit, type Visit } from '../../features/visits';
import { ApiError, describeError } from '../../shared/http';
import { StateView } from '../../shared/ui';
import { CancelledStep } from './CancelledStep';
import { Notice } from './Notice';
import { bookingPath } from './paths';
import { usePatientText } from './strings';
import { VisitFrame } from './VisitFrame';
import { VisitJourney } from './VisitJourney';

/** /visit/:appointmentId, from booked to afterwards. */
export function VisitPage() {
  const { appointmentId = '' } = useParams();
  const text = usePatientText();
  const { data, error, isFetchedAfterMount, refetch } = useVisit(appointmentId);

  if (data?.state === 'pending') return <Navigate to={bookingPath(data.id)} replace />;
  if (data?.state === 'cancelled') return <Cancelled visit={data} />;
  if (data) return <VisitJourney key={data.id} visit={data} fresh={isFetchedAfterMount} />;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  return (
    <VisitFrame title={text('visit.loading')} step="loading" strip="reserved">
      <StateView kind="loading" shape="card" />
    </VisitFrame>
  );
}

function Cancelled({ visit }: { visit: Visit }) {
  const text = usePatientText();
  const now = useNow();
  return (
    <VisitFrame title={text('visit.cancelled.title')} step="cancelled" strip={undefined}>
      <CancelledStep visit={visit} now={now} />
    </VisitFrame>
  );
}

function Failed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const text = usePatientText();
  const status = error instanceof ApiError ? error.status : 0;
  const kind = status === 403 ? 'forbidden' : status === 404 || status === 422 ? 'missing' : null;
  if (kind === null) {
    return (
      <VisitFrame title={text('visit.loading')} step="error" strip={undefined}>
        <StateView kind="error" first error={error} onRetry={onRetry} />
      </VisitFrame>
    );
  }
  return (
    <VisitFrame title={text(`visit.${kind}.title`)} step={kind} strip={undefined}>
      <Notice
        icon={kind === 'forbidden' ? IconLock : IconFileUnknown}
        tone="quiet"
        title={text(`visit.${kind}.title`)}
        code={describeError(error).code}
      >
        {text(`visit.${kind}.what`)}
      </Notice>
    </VisitFrame>
  );
}
