import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { createRouter } from './router';
import { createQueryClient } from './shared/http';
import './shared/i18n';
import { sessionKey, SessionProvider } from './shared/session';
import { loadAnewWhenPartsAreMissing } from './shared/shell';
import { ThemeProvider } from './shared/theme';

loadAnewWhenPartsAreMissing();
const queryClient = createQueryClient(() => queryClient.setQueryData(sessionKey, null));
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');

createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <QueryClientProvider client={queryClient}>
        <SessionProvider>
          <RouterProvider router={createRouter()} />
        </SessionProvider>
      </QueryClientProvider>
    </ThemeProvider>
  </StrictMode>,
);
