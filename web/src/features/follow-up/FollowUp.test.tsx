import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderView, stubApi } from '../../shared/test/renderApp';
import { FollowUps } from './FollowUps';
import { ProposeFollowUp } from './ProposeFollowUp';

beforeEach(() => chooseLanguage('en'));

function show(view: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  renderView(<QueryClientProvider client={client}>{view}</QueryClientProvider>);
}

const item = {
  consultation_id: 'c1',
  practitioner_id: 'd1',
  practitioner_name: '张文华',
  practitioner_title: '主任医师',
  due_on: '2026-12-07',
  proposed_at: '2026-11-23T06:30:00Z',
  why: '复查血压',
};

it('says who asks, when and why, and leads to the doctor', async () => {
  stubApi({ 'GET /api/follow-ups': [200, { follow_ups: [item] }] });
  show(
    <FollowUps to={(id) => `/doctors/${id}`} choices={({ due_on: day }) => <p>near {day}</p>} />,
  );
  expect(
    await screen.findByRole('heading', { name: '张文华 asks you to come again' }),
  ).toBeVisible();
  expect(screen.getByText('Why: 复查血压')).toBeVisible();
  expect(screen.getByText(/Dec/)).toBeVisible();
  expect(screen.getByText('near 2026-12-07')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Other times' })).toHaveAttribute('href', '/doctors/d1');
});

it('is let go after being asked once, and disappears', async () => {
  const answers: Parameters<typeof stubApi>[0] = {
    'GET /api/follow-ups': [200, { follow_ups: [item] }],
    'POST /api/consultations/c1/follow-up/dismiss': [204],
  };
  stubApi(answers);
  show(<FollowUps to={() => '/'} choices={() => null} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Not needed' }));
  answers['GET /api/follow-ups'] = [200, { follow_ups: [] }];
  await userEvent.click(await screen.findByRole('button', { name: 'Let it go' }));
  await waitFor(() => expect(screen.queryByText(/asks you to come again/)).toBeNull());
});

it('asks a doctor for a day and a reason, and names a day that is past', async () => {
  const answers: Parameters<typeof stubApi>[0] = {
    'POST /api/consultations/c1/follow-up': [
      422,
      { code: 'input.invalid', fields: { due_on: 'in_the_past' } },
    ],
  };
  stubApi(answers);
  show(<ProposeFollowUp consultationId="c1" patientName="李晓兰" />);
  await userEvent.click(screen.getByRole('button', { name: 'Propose a follow-up' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Propose' }));
  expect(screen.getAllByText('Please fill this in.')).toHaveLength(2);
  await userEvent.type(screen.getByLabelText(/On or about/), '2026-12-07');
  await userEvent.type(screen.getByLabelText(/Why, in short/), '复查血压');
  await userEvent.click(screen.getByRole('button', { name: 'Propose' }));
  expect(await screen.findByRole('alert')).toBeVisible();
  answers['POST /api/consultations/c1/follow-up'] = [204];
  await userEvent.click(screen.getByRole('button', { name: 'Propose' }));
  expect(await screen.findByText('Proposed')).toBeVisible();
});
