import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { minorOf, plainOf } from './amount';
import { PaymentsPage } from './PaymentsPage';

const receipt = {
  payment: {
    id: 'p-1',
    appointment_id: 'b-1',
    provider: 'demo',
    amount_minor: 5000,
    currency: 'CNY',
    state: 'captured',
    refunded_minor: 1500,
    created_at: '2026-11-23T06:00:00Z',
    captured_at: '2026-11-23T06:01:00Z',
  },
  practitioner_name: 'Wang',
  starts_at: '2026-11-24T01:00:00Z',
  refunds: [
    {
      id: 'r-1',
      amount_minor: 1500,
      currency: 'CNY',
      reason: 'staff',
      state: 'failed',
      problem: 'not-paid',
      requested_at: '2026-11-23T06:02:00Z',
      done_at: null,
    },
  ],
  decision: null,
};
const till = {
  first_day: '2026-11-23',
  last_day: '2026-11-23',
  receipts: [receipt],
  more: false,
  refused: [],
  captured: [{ count: 1, amount_minor: 5000, currency: 'CNY' }],
  refunded: [],
  balances: [],
  reconciliations: [
    {
      provider: 'demo',
      day: '2026-11-22',
      ours: 1,
      theirs: 0,
      at: '2026-11-23T03:00:00Z',
      differences: [
        {
          kind: 'missing-there',
          movement: 'capture',
          reference: 'abc',
          payment_id: 'p-0',
          ours_minor: 5000,
          theirs_minor: null,
          currency: 'CNY',
        },
      ],
    },
  ],
};

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/till': [200, till],
  };
});

function open() {
  const fetchMock = stubApi(answers);
  renderApp([{ path: '/', element: <PaymentsPage /> }], '/');
  return fetchMock;
}

it('shows figures, a refused refund with its word, and each difference', async () => {
  open();
  expect(await screen.findByText(/refused: not-paid/)).toBeVisible();
  expect(screen.getByText('abc: CN¥50.00 here, unknown to the provider')).toBeVisible();
  expect(screen.getByText('1 payment')).toBeVisible();
});

it('gives back at most what is left, asked once, under one key', async () => {
  answers['POST /api/payments/p-1/refunds'] = [201, receipt.refunds[0]];
  const fetchMock = open();
  await userEvent.click(await screen.findByRole('button', { name: /Give back: payment/ }));
  const dialog = within(await screen.findByRole('dialog'));
  const field = dialog.getByRole('textbox');
  expect(field).toHaveValue('35.00');
  await userEvent.clear(field);
  await userEvent.type(field, '35.01');
  await userEvent.click(dialog.getByRole('button', { name: 'Give back' }));
  expect(await dialog.findByText(/An amount between/)).toBeVisible();
  await userEvent.clear(field);
  await userEvent.type(field, '10');
  await userEvent.click(dialog.getByRole('button', { name: 'Give back' }));
  await screen.findByText(/refused: not-paid/);
  const sent = fetchMock.mock.calls.find(([, init]) => init?.method === 'POST');
  expect(sent?.[1]?.body).toBe('{"amount_minor":1000}');
  expect(new Headers(sent?.[1]?.headers).get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
});

it('names refunds that did not arrive, of whatever day', async () => {
  answers['GET /api/till'] = [200, { ...till, receipts: [], refused: [receipt] }];
  open();
  const refused = await screen.findByRole('table', { name: 'Refunds that did not arrive' });
  expect(within(refused).getByRole('button', { name: 'Send again' })).toBeVisible();
});

it('says that there is no payment in these days', async () => {
  answers['GET /api/till'] = [200, { ...till, receipts: [], captured: [], reconciliations: [] }];
  open();
  expect(await screen.findByText('No payment in these days.')).toBeVisible();
});

it.each([
  ['35', 'CNY', 3500],
  ['35.5', 'CNY', 3550],
  ['35.501', 'CNY', undefined],
  ['-1', 'CNY', undefined],
  ['35', 'JPY', 35],
  ['35.0', 'JPY', undefined],
])('reads %s %s as %s minor units', (typed, currency, minor) => {
  expect(minorOf(typed, currency)).toBe(minor);
  if (minor !== undefined) expect(minorOf(plainOf(minor, currency), currency)).toBe(minor);
});
