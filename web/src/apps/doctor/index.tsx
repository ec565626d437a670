import { Outlet, Route, Routes } from 'react-router';
import { RequireRole } from '../../shared/session';
import { ConsoleShell, NotFound } from '../../shared/shell';
import { DoctorHome } from './DoctorHome';
import { useDoctorText } from './strings';

function Layout() {
  const text = useDoctorText();
  return (
    <RequireRole role="doctor">
      <ConsoleShell place={text('place')}>
        <Outlet />
      </ConsoleShell>
    </RequireRole>
  );
}

/** The pages below /doctor. */
export default function DoctorRoutes() {
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route index element={<DoctorHome />} />
      </Route>
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
