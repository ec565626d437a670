import { Outlet, Route, Routes } from 'react-router';
import { RequireRole } from '../../shared/session';
import { ConsoleShell, NotFound } from '../../shared/shell';
import { PharmacistHome } from './PharmacistHome';
import { usePharmacistText } from './strings';

function Layout() {
  const text = usePharmacistText();
  return (
    <RequireRole role="pharmacist">
      <ConsoleShell place={text('place')}>
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
      </Route>
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
