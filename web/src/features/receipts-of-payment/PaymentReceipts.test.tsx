import { screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { PaymentReceipts } from './PaymentReceipts';

const receipt = {
  payment: {
    id: 'p-1',
    appointment_id: 'b-1',
    provider: 'demo',
    amount_minor: 5000,
    currency: 'CNY',
    state: 'captured',
    refunded_minor: 5000,
    created_at: '2026-11-23T06:00:00Z',
    captured_at: '2026-11-23T06:01:00Z',
  },
  practitioner_name: 'Wang',
  starts_at: '2026-11-24T01:00:00Z',
  refunds: [
    {
      id: 'r-1',
      amount_minor: 5000,
      currency: 'CNY',
      reason: 'doctor-absent',
      state: 'done',
      problem: null,
      requested_at: '2026-11-24T03:00:00Z',
      done_at: '2026-11-24T03:00:00Z',
    },
  ],
  decision: {
    percent: 100,
    reason: 'doctor-absent',
    at: '2026-11-24T03:00:00Z',
    evidence: {
      starts_at: '2026-11-24T01:00:00Z',
      ends_at: '2026-11-24T01:30:00Z',
      state: 'planned',
      patient_came_at: '2026-11-24T00:55:00Z',
      doctor_came_at: null,
      connected_s: 0,
    },
  },
};

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = { 'GET /api/payments': [200, { receipts: [receipt] }] };
});

function open() {
  stubApi(answers);
  renderApp([{ path: '/', element: <PaymentReceipts hospitalZone="Asia/Shanghai" /> }], '/');
}

it('says what went back, why, and from which evidence', async () => {
  open();
  expect(await screen.findByText('CN¥50.00 went back')).toBeVisible();
  expect(screen.getByText('The doctor did not come.')).toBeVisible();
  expect(screen.getByText('not recorded')).toBeVisible();
});

it('says how a payment comes here when there is none', async () => {
  answers['GET /api/payments'] = [200, { receipts: [] }];
  open();
  expect(await screen.findByText('No payment yet')).toBeVisible();
});
