import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import type { EntryView } from '../../protocol/signaling';
import { chooseLanguage } from '../../shared/i18n';
import { renderView, stubApi } from '../../shared/test/renderApp';
import { DiagnosisBand } from './DiagnosisBand';
import { DiagnosisForm } from './DiagnosisForm';

beforeEach(() => chooseLanguage('en'));

const said: EntryView = {
  seq: 3,
  message_id: 'm',
  author_id: 'p',
  recorded_at: '2026-11-23T06:30:00Z',
  kind: 'diagnosis',
  text: null,
  detail: { basis: 'documents', documents: 2, earlier_visits: 0 },
};

function show(entries: EntryView[]) {
  renderView(
    <QueryClientProvider client={new QueryClient()}>
      <DiagnosisForm consultationId="c1" entries={entries} />
    </QueryClientProvider>,
  );
}

it('tells the doctor, and says why what is not there cannot be told', async () => {
  const answers: Parameters<typeof stubApi>[0] = {
    'POST /api/consultations/c1/diagnosis': [
      422,
      { code: 'input.invalid', fields: { basis: 'invalid' } },
    ],
  };
  stubApi(answers);
  show([]);
  await userEvent.click(screen.getByLabelText(/I added documents/));
  await userEvent.click(screen.getByRole('button', { name: 'Tell the doctor' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('no document in the chat yet');
});

it('shows both sides what was told', () => {
  show([said]);
  expect(screen.getByText(/Told the doctor: documents added/)).toBeVisible();
  renderView(<DiagnosisBand entries={[said]} />);
  expect(screen.getByText('Earlier diagnosis: documents added to this visit')).toBeVisible();
  renderView(<DiagnosisBand entries={[]} />);
  expect(screen.getByText('Earlier diagnosis: not stated yet')).toBeVisible();
});
