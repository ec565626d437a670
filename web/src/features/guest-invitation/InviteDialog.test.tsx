import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import type { RoomHandle } from '../../shared/live';
import { anEntry } from '../../shared/live/testing';
import { renderView, stubApi } from '../../shared/test/renderApp';
import { InviteDialog } from './InviteDialog';
import { useOpenInvitation } from './invitation';

beforeEach(() => chooseLanguage('en'));

const visit = {
  room: { consultationId: 'c1' },
  state: { guestChanges: 0 },
} as unknown as RoomHandle;
const path = '/api/consultations/c1/guest';
const open = {
  id: 'i1',
  guest_name: 'Wang Fang',
  state: 'open',
  made_at: new Date().toISOString(),
  expires_at: new Date(Date.now() + 3_600_000).toISOString(),
};
const none = { invitation: null, at: new Date().toISOString() };
const known = { invitation: open, at: new Date().toISOString() };

function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const onClose = vi.fn();
  renderView(
    <QueryClientProvider client={client}>
      <InviteDialog visit={visit} patientName="Li Xiaolan" opened onClose={onClose} />
    </QueryClientProvider>,
  );
  return onClose;
}

it('asks for a name, shows the link this once and how long it works', async () => {
  const answers: Parameters<typeof stubApi>[0] = {
    [`GET ${path}`]: [200, none],
    [`POST ${path}`]: [201, { invitation: open, link: 'https://h.example/guest#token' }],
  };
  stubApi(answers);
  show();
  expect(await screen.findByText(/Li Xiaolan sees whom you invite/)).toBeVisible();
  const make = screen.getByRole('button', { name: 'Make a link' });
  await userEvent.click(make);
  expect(screen.getByText('Say who is invited')).toBeVisible();
  answers[`GET ${path}`] = [200, known];
  await userEvent.type(screen.getByRole('textbox', { name: /guest's name/ }), 'Wang Fang');
  await userEvent.click(make);
  const link = await screen.findByRole('textbox', { name: 'Link for Wang Fang' });
  expect(link).toHaveValue('https://h.example/guest#token');
  expect(screen.getByText(/^(59:5\d|1:00:00)$/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Close' })).toBeVisible();
  const copy = screen.getByRole('button', { name: 'Copy the link' });
  expect(within(copy).queryByRole('status')).toBeNull();
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal('navigator', Object.create(navigator, { clipboard: { value: { writeText } } }));
  await userEvent.click(copy);
  vi.unstubAllGlobals();
  expect(writeText).toHaveBeenCalledWith('https://h.example/guest#token');
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible();
  expect(screen.getByText('Copied', { selector: '[role=status]' })).toBeInTheDocument();
});

it('does not show the link of an earlier time again, and takes it back', async () => {
  const answers: Parameters<typeof stubApi>[0] = {
    [`GET ${path}`]: [200, known],
    [`DELETE ${path}`]: [204],
  };
  stubApi(answers);
  show();
  expect(await screen.findByText(/has not joined by the link yet/)).toBeVisible();
  expect(screen.queryByRole('textbox')).toBeNull();
  answers[`GET ${path}`] = [200, none];
  await userEvent.click(screen.getByRole('button', { name: 'Take the link back' }));
  await waitFor(() => expect(screen.getByRole('button', { name: 'Make a link' })).toBeVisible());
  expect(screen.getByRole('status')).toHaveTextContent(
    'The invitation of Wang Fang is taken back, and the link no longer works.',
  );
});

it.each([
  ['open', 'guest-invited', 'Wang Fang'],
  ['used', 'guest-invited', 'nobody'],
  ['open', 'guest-withdrawn', 'nobody'],
] as const)('knows of a link that is %s after %s: %s', async (state, kind, shown) => {
  const api = stubApi({ [`GET ${path}`]: [200, { ...known, invitation: { ...open, state } }] });
  const entries = [anEntry(1), anEntry(2, { kind })];
  const inVisit = { ...visit, state: { ...visit.state, entries } };
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const Shown = () => <p>{useOpenInvitation(inVisit, true) ?? 'nobody'}</p>;
  renderView(
    <QueryClientProvider client={client}>
      <Shown />
    </QueryClientProvider>,
  );
  if (kind === 'guest-invited') await waitFor(() => expect(api).toHaveBeenCalledOnce());
  else expect(api).not.toHaveBeenCalled();
  await waitFor(() => expect(client.isFetching()).toBe(0));
  expect(await screen.findByText(shown)).toBeVisible();
});

it('says that the link was opened, and why nobody can be invited', async () => {
  const answers: Parameters<typeof stubApi>[0] = {
    [`GET ${path}`]: [200, none],
    [`POST ${path}`]: [409, { code: 'guest.no_relay' }],
  };
  stubApi(answers);
  show();
  await userEvent.type(await screen.findByRole('textbox'), 'Wang Fang');
  await userEvent.click(screen.getByRole('button', { name: 'Make a link' }));
  expect(await screen.findByText(/has no relay, so only two can talk/)).toBeVisible();
});
