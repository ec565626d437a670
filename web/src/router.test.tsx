import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { visitIn } from './apps/patient/testVisit';
import { routes } from './router';
import { chooseLanguage } from './shared/i18n';
import { homeOf, roles, type Role } from './shared/session';
import { renderApp, stubApi, type Answers } from './shared/test/renderApp';

// Pages are tried here, not connections: a real one would be refused after the test is over.
vi.mock('socket.io-client', () => {
  const silent = () => wire;
  const wire = { on: silent, off: silent, connect: silent, disconnect: silent, timeout: silent };
  return { io: silent };
});

const hospital = {
  name: 'Mingde Hospital',
  demo: true,
  demo_logins: [{ role: 'doctor', login: 'li', password: 'demo-password', display_name: '李文博' }],
  emergency_number: '120',
  default_locale: 'zh-CN',
  time_zone: 'Asia/Shanghai',
};
const sessionOf = (role: Role) => ({
  account: { id: '1', role, display_name: '李文博', locale: 'en', login: 'li' },
  csrf_token: 'token',
});
const signedOut = [401, { code: 'auth.required' }] as const;

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = { 'GET /api/hospital': [200, hospital], 'GET /api/session': signedOut };
});

it('sends who is signed out to sign in, and back to the page they asked for', async () => {
  const fetchMock = stubApi(answers);
  const { router } = renderApp(routes, '/doctor?day=today');
  await screen.findByRole('button', { name: 'Sign in' });
  answers['POST /api/session'] = [200, sessionOf('doctor')];

  await userEvent.click(await screen.findByRole('button', { name: /account of 李文博, Doctor/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));

  expect(await screen.findByText("Doctor's console")).toBeVisible();
  expect(router.state.location.pathname + router.state.location.search).toBe('/doctor?day=today');
  const sent = fetchMock.mock.calls.find(([, init]) => init?.method === 'POST')?.[1]?.body;
  expect(JSON.parse(sent as string)).toEqual({ login: 'li', password: 'demo-password' });
});

it.each(roles)('brings a %s home', async (role) => {
  stubApi({ ...answers, 'GET /api/session': [200, sessionOf(role)] });
  const { router } = renderApp(routes, '/sign-in');
  await waitFor(() => expect(router.state.location.pathname).toBe(homeOf[role]));
  expect(await screen.findByRole('main')).toBeVisible();
});

it('says a wrong password in words and lets the person try again', async () => {
  stubApi({ ...answers, 'POST /api/session': [401, { code: 'auth.invalid_credentials' }] });
  renderApp(routes, '/sign-in');
  await userEvent.type(await screen.findByLabelText('Account'), 'li');
  await userEvent.type(screen.getByLabelText('Password'), 'wrong');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'The account or the password is not right.',
  );
  expect(screen.getByRole('button', { name: 'Sign in' })).toBeEnabled();
});

it('says how long signing in is paused', async () => {
  stubApi({
    ...answers,
    'POST /api/session': [429, { code: 'auth.throttled', retry_after_s: 45 }],
  });
  renderApp(routes, '/sign-in');
  await userEvent.type(await screen.findByLabelText('Account'), 'li');
  await userEvent.type(screen.getByLabelText('Password'), 'wrong');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Try again in 45 seconds.');
});

it('asks for what is missing without asking the server', async () => {
  const fetchMock = stubApi(answers);
  renderApp(routes, '/sign-in');
  await userEvent.click(await screen.findByRole('button', { name: 'Sign in' }));
  expect(screen.getByText('Enter your account.')).toBeVisible();
  expect(fetchMock.mock.calls.filter(([, init]) => init?.method === 'POST')).toEqual([]);
});

it('shows no demonstration accounts in a real hospital', async () => {
  stubApi({ ...answers, 'GET /api/hospital': [200, { ...hospital, demo: false }] });
  renderApp(routes, '/sign-in');
  expect(await screen.findByText('Mingde Hospital')).toBeVisible();
  expect(screen.queryByText('Demonstration accounts')).toBeNull();
  expect(screen.queryByText(/no real patients/)).toBeNull();
});

it('names the zone of the times that an administrator reads', async () => {
  stubApi({ ...answers, 'GET /api/session': [200, sessionOf('admin')] });
  renderApp(routes, '/admin');
  expect(await screen.findByText(/Asia\/Shanghai, GMT\+8/)).toBeVisible();
});

it.each(['pharmacist', 'doctor', 'auditor', 'admin'] as const)(
  'leads a %s from the menu to the own open sessions',
  async (role) => {
    const fetchMock = stubApi({ ...answers, 'GET /api/session': [200, sessionOf(role)] });
    renderApp(routes, homeOf[role]);
    await userEvent.click(await screen.findByRole('button', { name: 'Account of 李文博' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'My open sessions' }));
    expect(await screen.findByText('My open sessions', { selector: 'h1, h2' })).toBeVisible();
    await waitFor(() =>
      expect(fetchMock.mock.calls.map(([address]) => address)).toContain('/api/sessions'),
    );
  },
);

it('keeps one role out of the pages of another', async () => {
  stubApi({ ...answers, 'GET /api/session': [200, sessionOf('pharmacist')] });
  renderApp(routes, '/doctor');
  expect(await screen.findByText('This page belongs to another role.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Go to my pages' })).toHaveAttribute(
    'href',
    '/pharmacist',
  );
});

it('leaves nothing behind when somebody signs out', async () => {
  answers['GET /api/session'] = [200, sessionOf('patient')];
  answers['DELETE /api/session'] = [204];
  answers['GET /api/appointments'] = [200, { appointments: [visitIn(30)] }];
  const fetchMock = stubApi(answers);
  const { router } = renderApp(routes, '/');
  await screen.findByTestId('next-visit');
  window.sessionStorage.setItem('televisit.outbox.1.2', '[{"text":"private"}]');
  await act(() => router.navigate('/me'));
  await userEvent.click(await screen.findByRole('button', { name: 'Sign out' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'));
  const ended = fetchMock.mock.calls.find(([, init]) => init?.method === 'DELETE');
  expect(new Headers(ended?.[1]?.headers).get('X-CSRF-Token')).toBe('token');
  expect(window.sessionStorage).toHaveLength(0);

  // Neither the visits nor the token of the one is there for the next, even before anything is read.
  answers['POST /api/session'] = [200, { ...sessionOf('patient'), csrf_token: 'next' }];
  answers['GET /api/appointments'] = [500, { code: 'internal' }];
  await userEvent.click(await screen.findByRole('button', { name: /account of 李文博, Doctor/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  const begun = fetchMock.mock.calls.find(([, init]) => init?.method === 'POST');
  expect(new Headers(begun?.[1]?.headers).has('X-CSRF-Token')).toBe(false);
  await screen.findByRole('button', { name: 'Sign out' });
  await act(() => router.navigate('/'));
  expect(await screen.findByText(/Your visits are safe/)).toBeVisible();
  expect(screen.queryByTestId('next-visit')).toBeNull();
});

it('keeps the visits of whose session ran out from who signs in next', async () => {
  answers['GET /api/session'] = [200, sessionOf('patient')];
  answers['GET /api/appointments'] = [200, { appointments: [visitIn(30)] }];
  stubApi(answers);
  renderApp(routes, '/');
  await screen.findByTestId('next-visit');

  answers['GET /api/session'] = signedOut;
  answers['GET /api/appointments'] = signedOut;
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  await userEvent.click(await screen.findByRole('button', { name: /account of 李文博, Doctor/ }));
  answers['POST /api/session'] = [200, sessionOf('patient')];
  answers['GET /api/appointments'] = [500, { code: 'internal' }];
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));

  expect(await screen.findByText(/Your visits are safe/)).toBeVisible();
  expect(screen.queryByTestId('next-visit')).toBeNull();
});

it.each(['/nowhere', '/doctor/nowhere'])('has a page for the unknown address %s', async (path) => {
  stubApi(answers);
  renderApp(routes, path);
  expect(await screen.findByText('There is no such page.')).toBeVisible();
});
