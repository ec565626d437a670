import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider, type RouteObject } from 'react-router';
import { vi } from 'vitest';
import { createQueryClient } from '../http';
import { SessionProvider, sessionKey } from '../session';
import { ThemeProvider } from '../theme';

/** What the API says to "METHOD /path": a status with a body. */
export type Answers = Record<string, readonly [status: number, body?: unknown]>;

/**
 * Answers fetch from a table, which a test may change as it goes; what is not in it is a 404. A text and
 * bytes are answered as they are, all else as JSON.
 */
export function stubApi(answers: Answers) {
  const fetchMock = vi.fn<typeof fetch>((input, init) => {
    const address = new URL(input as string, 'http://localhost');
    const method = init?.method ?? 'GET';
    const [status, body] = answers[`${method} ${address.pathname}`] ?? [404, { code: 'not_found' }];
    return Promise.resolve(
      typeof body === 'string' || body instanceof Uint8Array
        ? new Response(body as BodyInit, { status })
        : new Response(body === undefined ? null : JSON.stringify(body), {
            status,
            headers: { 'Content-Type': 'application/json' },
          }),
    );
  });
  vi.stubGlobal('fetch', fetchMock);
  return fetchMock;
}

/** One component with the theme and a router round it. */
export function renderView(view: ReactNode) {
  const router = createMemoryRouter([{ path: '*', element: view }]);
  return render(
    <ThemeProvider env="test">
      <RouterProvider router={router} />
    </ThemeProvider>,
  );
}

/** Whole routes with everything the real root has, beginning at a path. */
export function renderApp(routes: RouteObject[], path: string) {
  const queryClient = createQueryClient(() => queryClient.setQueryData(sessionKey, null));
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  render(
    <ThemeProvider env="test">
      <QueryClientProvider client={queryClient}>
        <SessionProvider>
          <RouterProvider router={router} />
        </SessionProvider>
      </QueryClientProvider>
    </ThemeProvider>,
  );
  return { router };
}
