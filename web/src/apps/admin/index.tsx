import { Outlet, Route, Routes } from 'react-router';
import { AccountsPage } from '../../features/accounts';
import { PaymentsPage } from '../../features/admin-refunds';
import { AuditPage } from '../../features/audit-trail';
import { JobsPage } from '../../features/dead-jobs';
import { DoctorsPage } from '../../features/doctor-approval';
import { FamilyProposals } from '../../features/family';
import { FiguresPage } from '../../features/hospital-figures';
import { IdentityQueue } from '../../features/identity';
import { DeliveriesPage } from '../../features/notice-deliveries';
import { RetentionPage } from '../../features/retention';
import { PasskeysPage } from '../../features/passkeys';
import { RecoveryPanel } from '../../features/second-factor';
import { SessionsPage } from '../../features/sessions';
import { RequireRole } from '../../shared/session';
import { ConsoleShell, NotFound } from '../../shared/shell';
import { AdminDoctor } from './AdminDoctor';
import { AdminHome } from './AdminHome';
import {
  accountsPath,
  auditPath,
  doctorPath,
  doctorsPath,
  familyPath,
  figuresPath,
  home,
  identityPath,
  jobsPath,
  noticesPath,
  paymentsPath,
  retentionPath,
  sessionsPath,
  signingInPath,
} from './places';
import { useAdminText } from './strings';

function Layout() {
  const text = useAdminText();
  return (
    <RequireRole role="admin">
      <ConsoleShell
        place={text('place')}
        places={[
          { to: home, label: text('home'), end: true },
          { to: figuresPath, label: text('figures') },
          { to: accountsPath, label: text('accounts') },
          { to: doctorsPath, label: text('doctors') },
          { to: identityPath, label: text('identity') },
          { to: familyPath, label: text('family') },
          { to: noticesPath, label: text('notices') },
          { to: paymentsPath, label: text('payments') },
          { to: jobsPath, label: text('jobs') },
          { to: retentionPath, label: text('retention') },
          { to: auditPath, label: text('audit') },
        ]}
        accountPlaces={[
          { to: sessionsPath, label: text('sessions') },
          { to: signingInPath, label: text('signingIn') },
        ]}
      >
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
        <Route path="figures" element={<FiguresPage />} />
        <Route path="accounts" element={<AccountsPage />} />
        <Route path="doctors" element={<DoctorsPage to={doctorPath} />} />
        <Route path="doctors/:doctorId" element={<AdminDoctor />} />
        <Route path="identity" element={<IdentityQueue />} />
        <Route path="family" element={<FamilyProposals />} />
        <Route path="notices" element={<DeliveriesPage />} />
        <Route path="payments" element={<PaymentsPage />} />
        <Route path="jobs" element={<JobsPage />} />
        <Route path="audit" element={<AuditPage />} />
        <Route path="retention" element={<RetentionPage />} />
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
