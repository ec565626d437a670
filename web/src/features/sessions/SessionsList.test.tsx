import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { SessionsPage } from './SessionsPage';

const session = (id: string, changed = {}) => ({
  id,
  current: false,
  user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  created_at: '2026-11-23T04:00:00Z',
  last_seen_at: '2026-11-23T05:00:00Z',
  idle_expires_at: '2026-11-23T06:00:00Z',
  ...changed,
});
const here = session('s-1', { current: true, user_agent: 'Chrome/156.0 (Windows NT 10.0)' });

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/sessions': [200, { sessions: [session('s-2'), here] }],
    'DELETE /api/sessions/s-2': [204],
  };
});

function open() {
  const fetchMock = stubApi(answers);
  renderApp([{ path: '/', element: <SessionsPage /> }], '/');
  return fetchMock;
}

it('names the devices, the present one first and without a way to end it', async () => {
  open();
  const [first, second] = await screen.findAllByRole('listitem');
  expect(first).toHaveTextContent('Chrome on WindowsThis device');
  expect(second).toHaveTextContent('Firefox on Linux');
  expect(screen.getAllByRole('button')).toHaveLength(1);
});

it('asks before it ends a session, and then ends it', async () => {
  const fetchMock = open();
  await userEvent.click(
    await screen.findByRole('button', { name: 'End the session: Firefox on Linux' }),
  );
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/Firefox on Linux is signed out at once/)).toBeVisible();
  answers['GET /api/sessions'] = [200, { sessions: [here] }];
  await userEvent.click(dialog.getByRole('button', { name: 'End the session' }));
  expect(await screen.findByText('The session was ended.')).toBeVisible();
  await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
  expect(fetchMock.mock.calls.map(([, init]) => init?.method)).toContain('DELETE');
});

it('says why a session could not be ended', async () => {
  answers['DELETE /api/sessions/s-2'] = [404, { code: 'not_found' }];
  open();
  await userEvent.click(await screen.findByRole('button', { name: /Firefox/ }));
  await userEvent.click(
    within(await screen.findByRole('dialog')).getByRole('button', { name: 'End the session' }),
  );
  expect(await screen.findByRole('alert')).toHaveTextContent('This is no longer here');
});

it('says that nothing changed when the sessions cannot be read', async () => {
  answers['GET /api/sessions'] = [500, { code: 'internal' }];
  open();
  expect(await screen.findByRole('alert')).toHaveTextContent('Your sessions are as they were.');
});
