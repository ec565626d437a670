import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { IdentityQueue } from './IdentityQueue';

const unlinked = {
  patient_id: 'p1',
  check_id: 'c1',
  state: 'unmatched',
  patient_name: '王建军',
  birth_date: '1984-11-02',
  verified_at: '2026-11-23T09:00:00Z',
};
const waiting = {
  id: 'c2',
  patient_id: 'p2',
  patient_name: 'Emily Smith',
  birth_date: '1990-01-30',
  kind: 'passport',
  number: 'GB1234567',
  submitted_at: '2026-11-23T09:00:00Z',
  number_birth_date: null,
  opinion: null,
  compared: false,
};
const alike = ['D-1002', 'D-1003'].map((number) => ({
  source: 'demo-his',
  number,
  certainty: 'possible',
  name: '王建军',
  birth_date: '1984-11-02',
}));

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/session': [401, { code: 'auth.required' }],
    'GET /api/identity-checks': [200, { checks: [waiting] }],
    'GET /api/patient-links': [200, { his_connected: true, patients: [unlinked] }],
    'GET /api/identity-checks/c1/candidates': [200, { kind: 'several', candidates: alike }],
    'GET /api/identity-checks/c2/candidates': [503, { code: 'partner.down' }],
    'POST /api/identity-checks/c1/link': [204],
    'POST /api/identity-checks/c1/leave-unlinked': [204],
  };
});

function open() {
  const fetchMock = stubApi(answers);
  renderApp([{ path: '/queue', element: <IdentityQueue /> }], '/queue');
  return () =>
    fetchMock.mock.calls
      .filter(([, init]) => init?.method === 'POST')
      .map(([to, init]) => [
        to,
        init?.body === undefined ? null : (JSON.parse(init.body as string) as unknown),
      ]);
}

async function lookUp(name: string) {
  const label = `Look up in the hospital's own system: ${name}`;
  await userEvent.click(await screen.findByRole('button', { name: label }));
  return within(await screen.findByRole('dialog'));
}

it('links a verified patient to the one that the staff chooses', async () => {
  const posted = open();
  const dialog = await lookUp('王建军');
  expect(await dialog.findByText(/Possible persons/)).toBeVisible();
  answers['GET /api/patient-links'] = [200, { his_connected: true, patients: [] }];
  await userEvent.click(dialog.getByRole('button', { name: 'Link to 王建军, D-1003' }));
  expect(await screen.findByText('王建军 is linked.')).toBeVisible();
  expect(posted()).toEqual([
    ['/api/identity-checks/c1/link', { source: 'demo-his', number: 'D-1003' }],
  ]);
  expect(await screen.findByText('Every verified patient is linked.')).toBeVisible();
});

it('leaves a patient whom nobody there is', async () => {
  answers['GET /api/identity-checks/c1/candidates'] = [200, { kind: 'none', candidates: [] }];
  const posted = open();
  const dialog = await lookUp('王建军');
  expect(await dialog.findByText('Nobody there is like this patient.')).toBeVisible();
  await userEvent.click(dialog.getByRole('button', { name: 'Leave without a link' }));
  expect(await screen.findByText('王建军 is left without a link.')).toBeVisible();
  expect(posted()).toEqual([['/api/identity-checks/c1/leave-unlinked', null]]);
});

it('says that a name can be verified while the other system is down', async () => {
  open();
  const dialog = await lookUp('Emily Smith');
  expect(await dialog.findByText(/can be verified all the same/)).toBeVisible();
  expect(dialog.queryByRole('button', { name: 'Leave without a link' })).toBeNull();
  await userEvent.keyboard('{Escape}');
  expect(screen.getByRole('button', { name: 'Approve: Emily Smith' })).toBeEnabled();
});

it('shows nothing of it where no other system is connected', async () => {
  answers['GET /api/patient-links'] = [200, { his_connected: false, patients: [] }];
  open();
  expect(await screen.findByText('GB1234567')).toBeVisible();
  expect(screen.queryByText("In the hospital's own system")).toBeNull();
  expect(screen.queryByRole('button', { name: /Look up/ })).toBeNull();
});
