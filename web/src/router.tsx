import { lazy, Suspense, type ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { SignInPage, SignOnReturnPage } from './features/sign-in';
import {
  homeOf,
  registerPath,
  resetPath,
  secondFactorPath,
  signInPath,
  type Role,
} from './shared/session';
import { CrashPage } from './shared/shell';
import { StateView } from './shared/ui';

// Open to who has no account: a receipt is checked by whoever holds it.
const ReceiptPage = lazy(() =>
  import('./features/receipts').then(({ ReceiptPage: Page }) => ({ default: Page })),
);

// For who was invited to a visit by a link, and has no account.
const GuestPage = lazy(() => import('./apps/guest'));

// Open to who has no account yet, or cannot get into it.
const RegisterPage = lazy(() =>
  import('./features/registration').then(({ RegisterPage: Page }) => ({ default: Page })),
);
const ResetPage = lazy(() =>
  import('./features/registration').then(({ ResetPage: Page }) => ({ default: Page })),
);

// Between the password and the staff's pages.
const SecondFactorPage = lazy(() =>
  import('./features/second-factor').then(({ SecondFactorPage: Page }) => ({ default: Page })),
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

function openRoute(path: string, Page: ComponentType): RouteObject {
  return {
    path,
    element: (
      <Suspense fallback={<StateView kind="loading" page />}>
        <Page />
      </Suspense>
    ),
  };
}

export const routes: RouteObject[] = [
  {
    errorElement: <CrashPage />,
    children: [
      { path: signInPath, element: <SignInPage /> },
      { path: `${signInPath}/return`, element: <SignOnReturnPage /> },
      openRoute('/receipt', ReceiptPage),
      openRoute('/guest', GuestPage),
      openRoute(secondFactorPath, SecondFactorPage),
      openRoute(registerPath, RegisterPage),
      openRoute(resetPath, ResetPage),
      appRoute('doctor'),
      appRoute('pharmacist'),
      appRoute('auditor'),
      appRoute('admin'),
      appRoute('patient'),
    ],
  },
];

export const createRouter = () => createBrowserRouter(routes);
