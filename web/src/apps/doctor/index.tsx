import { Route, Routes, useParams } from 'react-router';
import { RequireRole } from '../../shared/session';
import { ConsoleShell, NotFound } from '../../shared/shell';
import { DoctorConsole } from './DoctorConsole';
import { leavePlace, OwnDialogs, profilePlace, signingInPlace, visitsPlace } from './OwnDialogs';
import { SessionsDialog, sessionsPlace } from './SessionsDialog';
import { useDoctorText } from './strings';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The console, alone or with one consultation in its centre: one page, so that a call outlives a look around. */
function Console() {
  const { consultationId } = useParams();
  const text = useDoctorText();
  if (consultationId !== undefined && !uuid.test(consultationId)) return <NotFound />;
  return (
    <RequireRole role="doctor">
      <ConsoleShell
        place={text('place')}
        accountPlaces={[
          { to: profilePlace, label: text('profile') },
          { to: visitsPlace, label: text('visits') },
          { to: leavePlace, label: text('leave') },
          { to: sessionsPlace, label: text('sessions') },
          { to: signingInPlace, label: text('signingIn') },
        ]}
      >
        <DoctorConsole selectedId={consultationId} />
        <SessionsDialog />
        <OwnDialogs />
      </ConsoleShell>
    </RequireRole>
  );
}

/** The pages below /doctor. */
export default function DoctorRoutes() {
  return (
    <Routes>
      <Route path=":consultationId?" element={<Console />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
