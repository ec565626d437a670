import { Outlet, Route, Routes, useLocation } from 'react-router';
import { CompletenessPage, RecordsPage } from '../../features/archive-completeness';
import { KeywordPage, ResultPage } from '../../features/archive-keyword';
import { ReplayPage } from '../../features/archive-replay';
import { SamplePage, SamplesPage } from '../../features/archive-samples';
import { SearchPage } from '../../features/archive-search';
import { AuditPage } from '../../features/audit-trail';
import { RetentionPage } from '../../features/retention';
import { PasskeysPage } from '../../features/passkeys';
import { RecoveryPanel } from '../../features/second-factor';
import { SessionsPage } from '../../features/sessions';
import { RequireRole } from '../../shared/session';
import { ConsoleShell, NotFound } from '../../shared/shell';
import { useAuditorText } from './strings';

const home = '/auditor';
const texts = `${home}/texts`;
const samples = `${home}/samples`;
const completeness = `${home}/completeness`;
const recordPath = (id: string) => `${home}/consultations/${id}`;

function Layout() {
  const text = useAuditorText();
  return (
    <RequireRole role="auditor">
      <ConsoleShell
        place={text('place')}
        places={[
          { to: home, label: text('consultations'), end: true },
          { to: texts, label: text('texts') },
          { to: samples, label: text('samples') },
          { to: completeness, label: text('completeness') },
          { to: `${home}/retention`, label: text('retention') },
          { to: `${home}/audit`, label: text('audit') },
        ]}
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
        <Route path="texts" element={<KeywordPage resultPath={(id) => `${texts}/${id}`} />} />
        <Route path="texts/:id" element={<ResultPage backTo={texts} recordPath={recordPath} />} />
        <Route path="samples" element={<SamplesPage samplePath={(id) => `${samples}/${id}`} />} />
        <Route
          path="samples/:id"
          element={<SamplePage backTo={samples} recordPath={recordPath} />}
        />
        <Route
          path="completeness"
          element={<CompletenessPage listPath={(list) => `${completeness}/${list}`} />}
        />
        <Route
          path="completeness/:list"
          element={<RecordsPage backTo={completeness} recordPath={recordPath} />}
        />
        <Route path="audit" element={<AuditPage recordPath={recordPath} />} />
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
