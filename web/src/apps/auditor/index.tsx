import { Outlet, Route, Routes } from 'react-router';
import { RequireRole } from '../../shared/session';
import { ConsoleShell, NotFound } from '../../shared/shell';
import { AuditorHome } from './AuditorHome';
import { useAuditorText } from './strings';

function Layout() {
  const text = useAuditorText();
  return (
    <RequireRole role="auditor">
      <ConsoleShell place={text('place')}>
        <Outlet />
      </ConsoleShell>
    </RequireRole>
  );
}

/** The pages below /auditor. */
export default function AuditorRoutes() {
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route index element={<AuditorHome />} />
      </Route>
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
