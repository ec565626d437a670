import { Link, Outlet, Route, Routes, useLocation } from 'react-router';
import { registerPath, RequireRole, signInPath, useSession } from '../../shared/session';
import { NotFound, PageShell } from '../../shared/shell';
import { PatientBook, PatientBooking } from './PatientBooking';
import { PatientChange, PatientOffer } from './PatientChange';
import { PatientDoctor, PatientDoctors } from './PatientDoctors';
import { PatientFamily } from './PatientFamily';
import { PatientHome } from './PatientHome';
import { PatientMe } from './PatientMe';
import { PatientNotices } from './PatientNotices';
import { PatientPay } from './PatientPay';
import { PatientPayments } from './PatientPayments';
import { PatientReaders } from './PatientReaders';
import { PatientRecords } from './PatientRecords';
import classes from './sections.module.css';
import { usePatientText } from './strings';
import { VisitPage } from './VisitPage';

function Private() {
  return (
    <RequireRole role="patient">
      <Outlet />
    </RequireRole>
  );
}

/** Open to everybody: who is signed out is shown the way in, and comes back to the same page. */
function Open() {
  const { state } = useSession();
  const { pathname, search } = useLocation();
  const text = usePatientText();
  const next = `?next=${encodeURIComponent(pathname + search)}`;
  const out = state.status === 'signed_out';
  return (
    <PageShell
      withPlaces={!out}
      {...(out && {
        top: (
          <nav className={classes.more} aria-label={text('home.signIn')}>
            <Link className={classes.link} to={signInPath + next}>
              {text('home.signIn')}
            </Link>
            <Link className={classes.link} to={registerPath + next}>
              {text('home.register')}
            </Link>
          </nav>
        ),
      })}
    >
      <Outlet />
    </PageShell>
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
      <Route element={<Open />}>
        <Route path="doctors" element={<PatientDoctors />} />
        <Route path="doctors/:doctorId" element={<PatientDoctor />} />
      </Route>
      <Route element={<Private />}>
        <Route element={<Places />}>
          <Route index element={<PatientHome />} />
          <Route path="book/:doctorId" element={<PatientBook />} />
          <Route path="booking/:bookingId" element={<PatientBooking />} />
          <Route path="change/:bookingId" element={<PatientChange />} />
          <Route path="offers/:offerId" element={<PatientOffer />} />
          <Route path="records" element={<PatientRecords />} />
          <Route path="me" element={<PatientMe />} />
          <Route path="me/family" element={<PatientFamily />} />
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
