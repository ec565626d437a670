import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { TestHospital, visitIn } from './testVisit';

const path = 'GET /api/accesses';
const access = {
  id: 7,
  first_at: '2026-11-23T09:00:00Z',
  last_at: '2026-11-23T09:20:00Z',
  times: 4,
  actor: 'a1',
  actor_name: '钱立',
  actor_role: 'auditor',
  action: 'archive.read',
  outcome: 'done',
  visit_at: '2026-11-22T08:00:00Z',
  reason: 'A complaint',
};

beforeEach(() => chooseLanguage('en'));

function opened(answer: [number, unknown]) {
  const hospital = new TestHospital(visitIn(30));
  hospital.answers[path] = answer;
  hospital.open('/me/readers');
  return hospital;
}

it('says who, in which role, what, how often and why', async () => {
  opened([200, { accesses: [access], next_before: null }]);
  const list = await screen.findByRole('list', { name: 'Accesses to your data' });
  expect(list).toHaveTextContent('钱立');
  expect(list).toHaveTextContent('Read the record of your visit');
  expect(list).toHaveTextContent('4 times');
  expect(list).toHaveTextContent('Reason given: A complaint');
  expect(screen.getByText('That is all.')).toBeVisible();
});

it('puts together what one person did, whatever came between', async () => {
  const saw = {
    ...access,
    action: 'queue.read',
    actor: 'a3',
    actor_name: '张文华',
    actor_role: 'doctor',
  };
  const rest = { visit_at: null, reason: null };
  opened([
    200,
    {
      accesses: [
        { ...saw, ...rest, id: 9, times: 3 },
        access,
        { ...saw, ...rest, id: 5, times: 2, first_at: '2026-11-22T07:00:00Z' },
      ],
      next_before: null,
    },
  ]);
  const list = await screen.findByRole('list', { name: 'Accesses to your data' });
  expect(list.children).toHaveLength(2);
  expect(list.children[0]).toHaveTextContent(/张文华.*Saw you in the list.*5 times/);
  expect(screen.getAllByText('张文华')).toHaveLength(1);
});

it('keeps two people of one name apart', async () => {
  const other = { ...access, id: 6, actor: 'a2' };
  opened([200, { accesses: [access, other, { ...access, id: 5 }], next_before: null }]);
  const list = await screen.findByRole('list', { name: 'Accesses to your data' });
  expect(list.children).toHaveLength(2);
  expect(list.children[0]).toHaveTextContent('8 times');
  expect(list.children[1]).toHaveTextContent('4 times');
});

it('marks what was refused', async () => {
  opened([200, { accesses: [{ ...access, outcome: 'refused' }], next_before: null }]);
  expect(await screen.findByText('Refused: nothing was shown')).toBeVisible();
});

it('keeps what the hospital’s computer did apart, until it is asked for', async () => {
  const hospital = opened([200, { accesses: [access], next_before: null }]);
  const show = await screen.findByRole('button', { name: /what the computer did/ });
  expect(screen.queryByText("The hospital's computer")).toBeNull();
  const own = {
    ...access,
    id: 5,
    actor: null,
    actor_name: null,
    actor_role: null,
    action: 'mail.send',
  };
  hospital.answers[path] = [200, { accesses: [own], next_before: null }];
  await userEvent.click(show);
  const list = await screen.findByRole('list', { name: /What the hospital's computer did/ });
  expect(list).toHaveTextContent('Sent you an e-mail');
  expect(screen.getByText('钱立')).toBeVisible();
});

it('has words for an action that it does not know yet', async () => {
  opened([200, { accesses: [{ ...access, action: 'future.thing' }], next_before: null }]);
  expect(await screen.findByText('Used your data')).toBeVisible();
});

it('shows older ones when asked', async () => {
  const hospital = opened([200, { accesses: [access], next_before: 7 }]);
  const more = await screen.findByRole('button', { name: 'Show older' });
  hospital.answers[path] = [
    200,
    { accesses: [{ ...access, id: 2, actor: 'a4', actor_name: '周正' }], next_before: null },
  ];
  await userEvent.click(more);
  expect(await screen.findByText('周正')).toBeVisible();
  expect(screen.getByText('钱立')).toBeVisible();
});

it('says what will be here, and what is safe when it cannot be read', async () => {
  opened([200, { accesses: [], next_before: null }]);
  expect(await screen.findByText('Nobody has used your data yet')).toBeVisible();
});

it('says what is safe when it cannot be read', async () => {
  opened([500, { code: 'internal', log_id: 'r-1' }]);
  expect(await screen.findByRole('alert')).toHaveTextContent('Your record is safe.');
});
