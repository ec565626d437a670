import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { pathOf } from './factor';
import { SecondFactorPage } from './SecondFactorPage';

const account = { id: 'a', role: 'doctor', display_name: 'Wang', login: 'wang', locale: 'en' };
const session = (state: string) => ({ account, csrf_token: state, state });
const factor = (changed = {}) => ({
  confirmed: true,
  recovery_codes_left: 10,
  passkeys: 0,
  demo_code: null,
  ...changed,
});
const base = '/api/session/second-factor';

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false }],
    'GET /api/session': [200, session('second-factor-pending')],
    [`GET ${base}`]: [200, factor()],
    [`POST ${base}`]: [201, session('open')],
  };
});

function open(path = '/second-factor') {
  const fetchMock = stubApi(answers);
  const { router } = renderApp(
    [
      { path: '/second-factor', element: <SecondFactorPage /> },
      { path: '*', element: <p>elsewhere</p> },
    ],
    path,
  );
  return { fetchMock, router };
}

const field = () => screen.findByRole('textbox', { name: 'Code of six digits' });

it('asks for a code and leads to the page that was asked for', async () => {
  const { router, fetchMock } = open('/second-factor?next=%2Fdoctor%2F7');
  await userEvent.type(await field(), '123 456');
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
  expect(await screen.findByText('elsewhere')).toBeVisible();
  expect(router.state.location.pathname).toBe('/doctor/7');
  const [, sent] = fetchMock.mock.calls.find(([, init]) => init?.method === 'POST') ?? [];
  expect(sent?.body).toBe('{"code":"123 456"}');
});

it('says that a code is wrong and keeps the field ready for the next', async () => {
  answers[`POST ${base}`] = [422, { code: 'second_factor.wrong' }];
  open();
  await userEvent.type(await field(), '000000{Enter}');
  expect(await screen.findByText(/Wait for the next one/)).toBeVisible();
  expect(await field()).toHaveFocus();
  expect(await field()).toBeInvalid();
});

it('says how long to wait after too many tries', async () => {
  answers[`POST ${base}`] = [429, { code: 'auth.throttled', retry_after_s: 120 }];
  open();
  await userEvent.type(await field(), '000000{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent('2 minutes');
});

it('takes a recovery code instead', async () => {
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'I cannot use the app' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Recovery code' }), 'abcd-efgh{Enter}');
  expect(await screen.findByText('elsewhere')).toBeVisible();
});

it('fills in the code of a demonstration and says so', async () => {
  answers[`GET ${base}`] = [200, factor({ demo_code: '246810' })];
  open();
  expect(await screen.findByText(/Demonstration: the code is 246810/)).toBeVisible();
  expect(await field()).toHaveValue('246810');
});

it('sets one up, and leads nobody away before the recovery codes are kept', async () => {
  answers[`GET ${base}`] = [200, factor({ confirmed: false })];
  answers[`POST ${base}/set-up`] = [200, { secret: 'ABCDEFGH', uri: 'otpauth:', qr: ['10', '01'] }];
  answers[`POST ${base}/confirm`] = [
    201,
    { session: session('open'), recovery_codes: ['aaaa-bbbb', 'cccc-dddd'] },
  ];
  open();
  expect(await screen.findByRole('img', { name: /QR code/ })).toBeVisible();
  expect(screen.getByText('ABCD EFGH')).toBeVisible();
  answers['GET /api/session'] = [200, session('open')];
  await userEvent.type(await field(), '123456{Enter}');
  const codes = within(await screen.findByRole('list', { name: 'Keep these recovery codes' }));
  expect(codes.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'aaaa-bbbb',
    'cccc-dddd',
  ]);
  const go = screen.getByRole('button', { name: 'Go to my pages' });
  expect(go).toBeDisabled();
  await userEvent.click(screen.getByRole('checkbox', { name: 'I have kept them' }));
  await userEvent.click(go);
  expect(await screen.findByText('elsewhere')).toBeVisible();
});

it('sends who is signed out to sign in, and lets others leave', async () => {
  answers['DELETE /api/session'] = [204];
  const { router } = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Sign in as somebody else' }));
  expect(await screen.findByText('elsewhere')).toBeVisible();
  expect(router.state.location.pathname).toBe('/sign-in');
});

it('draws a QR code as squares of one cell', () => {
  expect(pathOf(['10', '01'])).toBe('M0 0h1v1h-1zM1 1h1v1h-1z');
});
