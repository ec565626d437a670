import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { RequireRole } from '../../shared/session';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { AccountsPage } from './AccountsPage';

const account = (id: string, changed = {}) => ({
  id,
  login: id,
  role: 'patient',
  display_name: `Name of ${id}`,
  locale: 'en',
  email: null,
  demo: false,
  disabled_at: null,
  ...changed,
});
const admin = account('zhou', { role: 'admin' });
const all = [
  admin,
  account('zhao'),
  account('li', { role: 'doctor', disabled_at: '2026-11-20T06:00:00Z' }),
];

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/session': [
      200,
      { account: admin, csrf_token: 't', expires_at: '2026-11-23T06:00:00Z' },
    ],
    'GET /api/accounts': [200, { accounts: all, next_cursor: null }],
  };
});

function open() {
  const fetchMock = stubApi(answers);
  const page = (
    <RequireRole role="admin">
      <AccountsPage />
    </RequireRole>
  );
  renderApp([{ path: '/admin', element: page }], '/admin');
  const sent = () =>
    fetchMock.mock.calls.flatMap(([address, init]) =>
      init?.method === 'POST'
        ? [
            {
              address,
              body:
                init.body === undefined ? undefined : (JSON.parse(init.body as string) as unknown),
            },
          ]
        : [],
    );
  const asked = () =>
    fetchMock.mock.calls.flatMap(([address, init]) => {
      const { pathname, search } = new URL(address as string, 'http://localhost');
      return pathname === '/api/accounts' && (init?.method ?? 'GET') === 'GET' ? [search] : [];
    });
  return { sent, asked };
}

describe('the list', () => {
  it('tells who is active, who is disabled since when, and who one is', async () => {
    open();
    const row = (await screen.findByText('Name of li')).closest('tr');
    expect(row).toHaveTextContent('Disabled11/20/2026');
    expect(screen.getByText('Name of zhou').closest('tr')).toHaveTextContent('You');
    expect(screen.queryByRole('button', { name: /Name of zhou/ })).toBeNull();
  });

  it('asks the hospital for a name and a role, and has words when nobody fits', async () => {
    const { asked } = open();
    expect(await screen.findByText('3 accounts')).toBeVisible();
    answers['GET /api/accounts'] = [200, { accounts: [account('zhao')], next_cursor: null }];
    await userEvent.type(screen.getByLabelText('Find by name or login'), ' ZHA ');
    expect(await screen.findByText('1 account')).toBeVisible();
    answers['GET /api/accounts'] = [200, { accounts: [], next_cursor: null }];
    await userEvent.selectOptions(screen.getByLabelText('Role'), 'doctor');
    expect(await screen.findByText('No account fits.')).toBeVisible();
    expect(asked()).toEqual(['', '?name=ZHA', '?name=ZHA&role=doctor']);
    await userEvent.click(screen.getByRole('button', { name: 'Show all accounts' }));
    expect(await screen.findByText('3 accounts')).toBeVisible();
  });

  it('goes on where the page before ended', async () => {
    answers['GET /api/accounts'] = [200, { accounts: all, next_cursor: 'there' }];
    const { asked } = open();
    expect(await screen.findByText('The first 3')).toBeVisible();
    answers['GET /api/accounts'] = [200, { accounts: [account('wu')], next_cursor: null }];
    await userEvent.click(screen.getByRole('button', { name: 'Show more accounts' }));
    expect(await screen.findByText('Name of wu')).toBeVisible();
    expect(screen.getByText('4 accounts')).toBeVisible();
    expect(asked()).toEqual(['', '?cursor=there']);
  });

  it('says that nothing changed when it cannot be read', async () => {
    answers['GET /api/accounts'] = [500, { code: 'internal' }];
    open();
    expect(await screen.findByRole('alert')).toHaveTextContent('The accounts are as they were.');
  });
});

describe('disabling and enabling', () => {
  it('asks, says what follows, and does it', async () => {
    answers['POST /api/accounts/zhao/disable'] = [204];
    const { sent } = open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Disable the account of Name of zhao' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/signed out everywhere at once/)).toBeVisible();
    expect(sent()).toEqual([]);
    await userEvent.click(dialog.getByRole('button', { name: 'Disable the account' }));
    expect(await screen.findByText('Name of zhao can no longer sign in.')).toBeVisible();
    expect(sent()).toHaveLength(1);
  });

  it('brings a disabled account back', async () => {
    answers['POST /api/accounts/li/enable'] = [204];
    open();
    await userEvent.click(await screen.findByRole('button', { name: /Enable the account of/ }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Enable the account' }));
    expect(await screen.findByText('Name of li can sign in again.')).toBeVisible();
  });
});

describe('a new account', () => {
  async function form() {
    const opened = open();
    await userEvent.click(await screen.findByRole('button', { name: 'New account' }));
    const dialog = within(await screen.findByRole('dialog'));
    const fill = (label: string, value: string) =>
      fireEvent.change(dialog.getByLabelText(label), { target: { value } });
    const make = () => userEvent.click(dialog.getByRole('button', { name: 'Make the account' }));
    return { ...opened, dialog, fill, make };
  }

  it('says all its mistakes at once, in the language of the page', async () => {
    const { dialog, make, sent } = await form();
    await make();
    expect(dialog.getAllByText('Fill this in.')).toHaveLength(4);
    expect(sent()).toEqual([]);
    chooseLanguage('zh-CN');
    expect(await dialog.findAllByText('请填写。')).toHaveLength(4);
  });

  it('asks each role for its own fields', async () => {
    const { dialog, fill } = await form();
    expect(dialog.getByLabelText('Birth date')).toBeVisible();
    expect(dialog.queryByLabelText('Specialty')).toBeNull();
    fill('Role', 'doctor');
    expect(dialog.queryByLabelText('Birth date')).toBeNull();
    expect(dialog.getByLabelText('Title')).toBeVisible();
    expect(dialog.getByLabelText('Specialty')).toBeVisible();
    fill('Role', 'auditor');
    expect(dialog.queryByLabelText('Specialty')).toBeNull();
  });

  it('gives a doctor one of the hospital’s specialties, in the hospital’s own words', async () => {
    answers['GET /api/specialties'] = [
      200,
      {
        specialties: [{ code: 'dermatology', words: { 'zh-CN': '皮肤科', en: 'Dermatology' } }],
        languages: [],
      },
    ];
    answers['POST /api/accounts'] = [201, account('he')];
    const { dialog, fill, make, sent } = await form();
    fill('Role', 'doctor');
    fill('Name', '何新');
    fill('Title', '医师');
    await dialog.findByRole('option', { name: 'Dermatology' });
    await userEvent.selectOptions(dialog.getByLabelText('Specialty'), 'Dermatology');
    fill('Login', 'doctor.he');
    fill('First password', 'a long password');
    await make();
    await waitFor(() => expect(sent()[0]?.body).toMatchObject({ specialty: '皮肤科' }));
  });

  it('is made, and the administrator is told what to pass on', async () => {
    answers['POST /api/accounts'] = [201, account('chen')];
    const { fill, make, sent } = await form();
    fill('Name', 'Chen Xiuying');
    fill('Birth date', '1950-01-02');
    fill('Login', 'chen');
    fill('First password', 'a long password');
    await make();
    expect(await screen.findByText(/The account chen is made/)).toBeVisible();
    expect(sent()[0]?.body).toEqual({
      role: 'patient',
      locale: 'zh-CN',
      display_name: 'Chen Xiuying',
      login: 'chen',
      password: 'a long password',
      email: null,
      birth_date: '1950-01-02',
      title: null,
      specialty: null,
    });
  });

  it('shows what the server refuses beside the fields', async () => {
    const { dialog, fill, make } = await form();
    fill('Role', 'admin');
    fill('Name', 'Chen');
    fill('Login', 'chen');
    fill('First password', 'a long password');
    answers['POST /api/accounts'] = [409, { code: 'account.login_taken' }];
    await make();
    expect(await dialog.findByText('This login is taken. Choose another one.')).toBeVisible();
    fill('Login', 'chen2');
    expect(dialog.queryByText(/This login is taken/)).toBeNull();
    answers['POST /api/accounts'] = [
      422,
      { code: 'input.invalid', fields: { display_name: 'bad_format', email: 'too_long' } },
    ];
    await make();
    expect(await dialog.findByText('Check how this is written.')).toBeVisible();
    expect(dialog.getByText('This is too long.')).toBeVisible();
  });
});
