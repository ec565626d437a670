import { Outlet, Route, Routes } from 'react-router';
import { PasskeysPage } from '../../features/passkeys';
import { RecoveryPanel } from '../../features/second-factor';
import { SessionsPage } from '../../features/sessions';
import { homeOf, RequireRole } from '../../shared/session';
import { ConsoleShell, NotFound } from '../../shared/shell';
import { PharmacistHome } from './PharmacistHome';
import { usePharmacistText } from './strings';

const home = homeOf.pharmacist;

function Layout() {
  const text = usePharmacistText();
  return (
    <RequireRole role="pharmacist">
      <ConsoleShell
        place={text('place')}
        places={[{ to: home, label: text('home.title'), end: true }]}
        accountPlaces={[
          { to: `${home}/sessions`, label: text('sessions') },
          { to: `${home}/signing-in`, label: text('signingIn') },
        ]}
      >
        <Outlet />
      </ConsoleShell>
    </RequireRole>
  );
}

/** The pages below /pharmacist. */
export default function PharmacistRoutes() {
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route index element={<PharmacistHome />} />
        <Route path="sessions" element={<SessionsPage />} />
        <Route
          path="signing-in"
          element={
            <PasskeysPage>
              <RecoveryPanel />
            </PasskeysPage>
          }
        />
      </Route>
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
