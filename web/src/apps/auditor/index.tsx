import { Outlet, Route, Routes, useLocation } from 'react-router';
import { ReplayPage } from '../../features/archive-replay';
import { SearchPage } from '../../features/archive-search';
import { AuditPage } from '../../features/audit-trail';
import { SessionsPage } from '../../features/sessions';
import { RequireRole } from '../../shared/session';
import { ConsoleShell, NotFound } from '../../shared/shell';
import { useAuditorText } from './strings';

const home = '/auditor';
const recordPath = (id: string) => `${home}/consultations/${id}`;

function Layout() {
  const text = useAuditorText();
  return (
    <RequireRole role="auditor">
      <ConsoleShell
        place={text('place')}
        places={[
          { to: home, label: text('consultations'), end: true },
          { to: `${home}/audit`, label: text('audit') },
        ]}
        accountPlaces={[{ to: `${home}/sessions`, label: text('sessions') }]}
      >
        <Outlet />
      </ConsoleShell>
    </RequireRole>
  );
}

/** The record, with the way back to the very list it was found in. */
function Consultation() {
  const state: unknown = useLocation().state;
  const search =
    typeof state === 'object' && state !== null && 'search' in state ? String(state.search) : '';
  return <ReplayPage backTo={search === '' ? home : `${home}?${search}`} />;
}

/** The pages below /auditor. */
export default function AuditorRoutes() {
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route index element={<SearchPage recordPath={recordPath} />} />
        <Route path="consultations/:id" element={<Consultation />} />
        <Route path="audit" element={<AuditPage recordPath={recordPath} />} />
        <Route path="sessions" element={<SessionsPage />} />
      </Route>
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
