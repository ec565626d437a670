import { Outlet, Route, Routes } from 'react-router';
import { RequireRole } from '../../shared/session';
import { NotFound, PageShell } from '../../shared/shell';
import { PatientDoctor, PatientDoctors } from './PatientDoctors';
import { PatientHome } from './PatientHome';
import { PatientMe } from './PatientMe';
import { PatientNotices } from './PatientNotices';
import { PatientPay } from './PatientPay';
import { PatientPayments } from './PatientPayments';
import { PatientReaders } from './PatientReaders';
import { PatientRecords } from './PatientRecords';
import { VisitPage } from './VisitPage';

function Private() {
  return (
    <RequireRole role="patient">
      <Outlet />
    </RequireRole>
  );
}

function Places() {
  return (
    <PageShell>
      <Outlet />
    </PageShell>
  );
}

/** The patient's pages, which live at the root; what nobody owns ends here as not found. */
export default function PatientRoutes() {
  return (
    <Routes>
      <Route element={<Private />}>
        <Route element={<Places />}>
          <Route index element={<PatientHome />} />
          <Route path="doctors" element={<PatientDoctors />} />
          <Route path="doctors/:doctorId" element={<PatientDoctor />} />
          <Route path="records" element={<PatientRecords />} />
          <Route path="me" element={<PatientMe />} />
          <Route path="me/notices" element={<PatientNotices />} />
          <Route path="me/payments" element={<PatientPayments />} />
          <Route path="pay/:bookingId" element={<PatientPay />} />
          <Route path="me/readers" element={<PatientReaders />} />
        </Route>
        <Route path="visit/:appointmentId" element={<VisitPage />} />
      </Route>
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
