import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { digitsOf } from './codes';
import { RegisterPage } from './RegisterPage';
import { ResetPage } from './ResetPage';

const sent = {
  id: 'c1',
  channel: 'email',
  expires_at: '2026-11-23T09:10:00Z',
  resend_after_s: 60,
  demo_code: null,
};
const notice = {
  version: '2026-11',
  locale: 'en',
  paragraphs: ['Privacy notice', 'What we process'],
  digest: 'd'.repeat(64),
};
const account = { id: 'a', role: 'patient', display_name: 'Mary', locale: 'en', login: 'm@x.org' };

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/session': [401, { code: 'auth.required' }],
    'POST /api/registrations': [201, sent],
    'POST /api/registrations/c1/code': [200, { ticket: 't1' }],
    'GET /api/privacy-notice': [200, notice],
    'POST /api/registrations/c1/account': [201, { account, csrf_token: 'token' }],
    'POST /api/password-resets': [201, sent],
    'POST /api/password-resets/c1/code': [200, { ticket: 't1' }],
    'POST /api/password-resets/c1/password': [204],
  };
});

function open(path = '/register') {
  const fetchMock = stubApi(answers);
  const { router } = renderApp(
    [
      { path: '/register', element: <RegisterPage /> },
      { path: '/reset-password', element: <ResetPage /> },
      { path: '/', element: <p>At home</p> },
      { path: '/sign-in', element: <p>The door</p> },
    ],
    path,
  );
  const posted = (address: string) =>
    fetchMock.mock.calls
      .filter(([to, init]) => to === address && init?.method === 'POST')
      .map(([, init]) => JSON.parse(init?.body as string) as unknown);
  return { router, posted };
}

async function toTheCode() {
  await userEvent.type(await screen.findByLabelText(/E-mail address or mobile number/), 'm@x.org');
  await userEvent.click(screen.getByRole('button', { name: 'Send the code' }));
  return screen.findByLabelText(/Code of six digits/);
}

it('leads from an address over its code to the own home', async () => {
  const { router, posted } = open();
  const field = await toTheCode();
  expect(posted('/api/registrations')).toEqual([{ destination: 'm@x.org', locale: 'en' }]);
  expect(field).toHaveFocus();
  expect(field).toHaveAttribute('autocomplete', 'one-time-code');
  await userEvent.paste('Your code: 012 345');
  expect(posted('/api/registrations/c1/code')).toEqual([{ code: '012345' }]);

  await userEvent.type(await screen.findByLabelText(/Full name/), 'Mary');
  await userEvent.type(screen.getByLabelText(/Date of birth/), '1990-01-30');
  await userEvent.type(screen.getByLabelText(/^Password/), 'a password of mine');
  await userEvent.click(screen.getByRole('checkbox'));
  await userEvent.click(screen.getByRole('button', { name: 'Make my account' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/'));
  expect(posted('/api/registrations/c1/account')).toEqual([
    {
      ticket: 't1',
      display_name: 'Mary',
      birth_date: '1990-01-30',
      password: 'a password of mine',
      locale: 'en',
      notice_version: '2026-11',
      notice_digest: notice.digest,
    },
  ]);
});

it('names every mistake at once and goes to the first', async () => {
  const { posted } = open();
  await toTheCode();
  await userEvent.paste('012345');
  await userEvent.click(await screen.findByRole('button', { name: 'Make my account' }));
  for (const words of [
    'Enter your name.',
    'Enter your date of birth.',
    'Choose a password.',
    'To register you need to agree to the privacy notice.',
  ]) {
    expect(screen.getByText(words)).toBeVisible();
  }
  expect(screen.getByLabelText(/Full name/)).toHaveFocus();
  expect(posted('/api/registrations/c1/account')).toEqual([]);
});

it.each([
  ['2999-01-01', 'Choose a date of birth that is not ahead.'],
  ['1700-01-01', 'Check the year: this is too long ago.'],
])('says of the date of birth %s what is wrong with it', async (typed, words) => {
  open();
  await toTheCode();
  await userEvent.paste('012345');
  await userEvent.type(await screen.findByLabelText(/Date of birth/), typed);
  await userEvent.click(screen.getByRole('button', { name: 'Make my account' }));
  expect(screen.getByText(words)).toBeVisible();
  expect(screen.queryByText('Enter your date of birth.')).toBeNull();
});

it('leads to the door who has an account already, and shows no code of the program', async () => {
  answers['POST /api/registrations/c1/account'] = [409, { code: 'registration.taken' }];
  const { router } = open();
  await toTheCode();
  await userEvent.paste('012345');
  await userEvent.type(await screen.findByLabelText(/Full name/), 'Mary');
  await userEvent.type(screen.getByLabelText(/Date of birth/), '1990-01-30');
  await userEvent.type(screen.getByLabelText(/^Password/), 'a password of mine');
  await userEvent.click(screen.getByRole('checkbox'));
  await userEvent.click(screen.getByRole('button', { name: 'Make my account' }));
  expect(await screen.findByRole('alert')).not.toHaveTextContent('registration.taken');
  const [door] = screen.getAllByRole('link', { name: 'Sign in' });
  await userEvent.click(door as HTMLElement);
  expect(router.state.location.pathname).toBe('/sign-in');
});

it('names the eye of the password in the language of the page', async () => {
  chooseLanguage('zh-CN');
  open();
  await userEvent.type(await screen.findByLabelText(/手机号或邮箱/), '13800138000');
  await userEvent.click(screen.getByRole('button', { name: '获取验证码' }));
  await screen.findByLabelText(/6 位验证码/);
  await userEvent.paste('012345');
  await screen.findByLabelText(/姓名/);
  const eye = screen.getByLabelText('显示密码');
  await userEvent.click(eye);
  expect(screen.getByLabelText('隐藏密码')).toBeVisible();
  expect(screen.queryByLabelText(/Toggle/)).toBeNull();
});

it('says the mistakes that the hospital names beside their fields, in the language of the page', async () => {
  answers['POST /api/registrations/c1/account'] = [
    422,
    { code: 'input.invalid', fields: { birth_date: 'too_young', display_name: 'bad_format' } },
  ];
  chooseLanguage('zh-CN');
  open();
  await userEvent.type(await screen.findByLabelText(/手机号或邮箱/), '13800138000');
  await userEvent.click(screen.getByRole('button', { name: '获取验证码' }));
  await screen.findByLabelText(/6 位验证码/);
  await userEvent.paste('０１２３４５');
  await userEvent.type(await screen.findByLabelText(/姓名/), '李');
  await userEvent.type(screen.getByLabelText(/出生日期/), '2015-01-30');
  await userEvent.type(screen.getByLabelText(/^密码/), '一句很好记住的话好不好');
  await userEvent.click(screen.getByRole('checkbox'));
  await userEvent.click(screen.getByRole('button', { name: '完成注册' }));
  expect(await screen.findByText(/未满 18 周岁/)).toBeVisible();
  expect(screen.getByText('格式不正确，请核对。')).toBeVisible();
});

it('lets a wrong code be typed again and says when it is no longer good', async () => {
  answers['POST /api/registrations/c1/code'] = [422, { code: 'code.wrong' }];
  open();
  const field = await toTheCode();
  await userEvent.type(field, '111111');
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
  expect(await screen.findByText(/This is not the code/)).toBeVisible();
  answers['POST /api/registrations/c1/code'] = [409, { code: 'code.void' }];
  await userEvent.clear(field);
  await userEvent.type(field, '222222');
  await userEvent.click(screen.getByRole('button', { name: 'Go on' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('This code is no longer good.');
});

it('counts down to the next code and shows one only in a demonstration', async () => {
  open();
  await toTheCode();
  expect(screen.getByText(/new code in \d+ s/)).toBeVisible();
  expect(screen.queryByText(/Demonstration/)).toBeNull();
  answers['POST /api/registrations'] = [201, { ...sent, demo_code: '654321', resend_after_s: 0 }];
  await userEvent.click(screen.getByRole('button', { name: 'Use another address' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Send the code' }));
  expect(await screen.findByText(/no message is really sent. Your code is 654321/)).toBeVisible();
  answers['POST /api/registrations'] = [201, { ...sent, id: 'c2', resend_after_s: 60 }];
  await userEvent.click(screen.getByRole('button', { name: 'Send a new code' }));
  expect(await screen.findByText(/new code in \d+ s/)).toBeVisible();
});

it('asks for an address, and says what is wrong with one', async () => {
  answers['POST /api/registrations'] = [
    422,
    { code: 'input.invalid', fields: { destination: 'bad_format' } },
  ];
  const { posted } = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Send the code' }));
  expect(screen.getByText('Enter your e-mail address or your mobile number.')).toBeVisible();
  expect(posted('/api/registrations')).toEqual([]);
  await userEvent.type(screen.getByLabelText(/E-mail address/), 'mary');
  await userEvent.click(screen.getByRole('button', { name: 'Send the code' }));
  expect(await screen.findByText(/Check the spelling/)).toBeVisible();
});

it('sets a new password and leads back to the door', async () => {
  const { posted, router } = open('/reset-password');
  await toTheCode();
  await userEvent.paste('012345');
  const field = await screen.findByLabelText(/^New password/);
  await userEvent.type(field, 'short');
  await userEvent.click(screen.getByRole('button', { name: 'Set the new password' }));
  expect(screen.getByText('At least 10 characters.')).toBeVisible();
  await userEvent.type(field, ' but longer');
  await userEvent.click(screen.getByRole('button', { name: 'Set the new password' }));
  expect(await screen.findByText('Your new password is set.')).toBeVisible();
  expect(posted('/api/password-resets/c1/password')).toEqual([
    { ticket: 't1', password: 'short but longer' },
  ]);
  await userEvent.click(screen.getByRole('link', { name: 'Sign in' }));
  expect(router.state.location.pathname).toBe('/sign-in');
});

it('reads six digits out of whatever was pasted', () => {
  expect(digitsOf(' 012-345 ')).toBe('012345');
  expect(digitsOf('验证码：０１２３４５，10 分钟')).toBe('012345');
  expect(digitsOf('none')).toBe('');
});

/** As a reload does it: the page is made anew, and only what the tab keeps is still there. */
function reload(path: string) {
  cleanup();
  return open(path);
}

it.each([
  ['/register', '/api/registrations'],
  ['/reset-password', '/api/password-resets'],
])('comes back to the code after a reload of %s, its countdown running on', async (path, api) => {
  open(path);
  await toTheCode();
  const before = Number(
    /\d+/.exec((await screen.findByText(/ask for a new code in/)).textContent)?.[0],
  );
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 20_000);
  const { posted } = reload(path);
  expect(await screen.findByLabelText(/Code of six digits/)).toBeVisible();
  expect(screen.getByText(/m@x\.org/)).toBeVisible();
  const after = Number(/\d+/.exec(screen.getByText(/ask for a new code in/).textContent)?.[0]);
  expect(before - after).toBeGreaterThanOrEqual(19);
  expect(posted(api)).toEqual([]);

  screen.getByLabelText(/Code of six digits/).focus();
  await userEvent.paste('012345');
  expect(posted(`${api}/c1/code`)).toEqual([{ code: '012345' }]);
  reload(path);
  expect(await screen.findByLabelText(/^(Password|New password)/)).toBeVisible();
  vi.restoreAllMocks();
});

it('begins anew after a reload once the address was changed, or the code is long over', async () => {
  open();
  await toTheCode();
  await userEvent.click(screen.getByRole('button', { name: 'Use another address' }));
  reload('/register');
  expect(await screen.findByLabelText(/E-mail address or mobile number/)).toHaveValue('');
  await toTheCode();
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
  reload('/register');
  expect(await screen.findByLabelText(/E-mail address or mobile number/)).toBeVisible();
  vi.restoreAllMocks();
});

it('keeps nothing once the password is changed', async () => {
  open('/reset-password');
  await toTheCode();
  await userEvent.paste('012345');
  await userEvent.type(await screen.findByLabelText(/New password/), 'a password of mine');
  await userEvent.click(screen.getByRole('button', { name: 'Set the new password' }));
  expect(await screen.findByText(/new password is set/)).toBeVisible();
  expect(window.sessionStorage).toHaveLength(0);
});

it('leads who has an account on to where one wanted to go', async () => {
  answers['POST /api/registrations/c1/account'] = [409, { code: 'registration.taken' }];
  open('/register?next=%2Fdoctors');
  await toTheCode();
  const link = screen.getByRole('link', { name: 'Sign in' });
  expect(link).toHaveAttribute('href', '/sign-in?next=%2Fdoctors');
});
