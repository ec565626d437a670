import { lazy, Suspense, type ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { SignInPage } from './features/sign-in';
import { homeOf, signInPath, type Role } from './shared/session';
import { CrashPage } from './shared/shell';
import { StateView } from './shared/ui';

// Open to who has no account: a receipt is checked by whoever holds it.
const ReceiptPage = lazy(() =>
  import('./features/receipts').then(({ ReceiptPage: Page }) => ({ default: Page })),
);

// Each role's app is a file of its own, so a patient never downloads the consoles.
const apps: Record<Role, ComponentType> = {
  patient: lazy(() => import('./apps/patient')),
  doctor: lazy(() => import('./apps/doctor')),
  pharmacist: lazy(() => import('./apps/pharmacist')),
  auditor: lazy(() => import('./apps/auditor')),
  admin: lazy(() => import('./apps/admin')),
};

function appRoute(role: Role): RouteObject {
  const App = apps[role];
  const home = homeOf[role];
  return {
    path: home === '/' ? '/*' : `${home}/*`,
    element: (
      <Suspense fallback={<StateView kind="loading" page />}>
        <App />
      </Suspense>
    ),
  };
}

export const routes: RouteObject[] = [
  {
    errorElement: <CrashPage />,
    children: [
      { path: signInPath, element: <SignInPage /> },
      {
        path: '/receipt',
        element: (
          <Suspense fallback={<StateView kind="loading" page />}>
            <ReceiptPage />
          </Suspense>
        ),
      },
      appRoute('doctor'),
      appRoute('pharmacist'),
      appRoute('auditor'),
      appRoute('admin'),
      appRoute('patient'),
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
