import { waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp, stubApi } from '../test/renderApp';
import { PageShell } from './PageShell';
import { usePageTitle } from './usePageTitle';

function Page() {
  usePageTitle('Find a doctor');
  return <p>Doctors</p>;
}

it('leaves the name of the tab to the page within', async () => {
  stubApi({ 'GET /api/hospital': [200, { name: 'Mingde', demo: false }] });
  const element = (
    <PageShell>
      <Page />
    </PageShell>
  );
  renderApp([{ path: '/', element }], '/');
  await waitFor(() => expect(document.title).toBe('Find a doctor · Mingde'));
});
