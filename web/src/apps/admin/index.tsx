import { Outlet, Route, Routes } from 'react-router';
import { RequireRole } from '../../shared/session';
import { ConsoleShell, NotFound } from '../../shared/shell';
import { AdminHome } from './AdminHome';
import { useAdminText } from './strings';

function Layout() {
  const text = useAdminText();
  return (
    <RequireRole role="admin">
      <ConsoleShell place={text('place')}>
        <Outlet />
      </ConsoleShell>
    </RequireRole>
  );
}

/** The pages below /admin. */
export default function AdminRoutes() {
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route index element={<AdminHome />} />
      </Route>
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
