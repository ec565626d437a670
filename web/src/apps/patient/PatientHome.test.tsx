import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { stubDevice, TestHospital, visitIn } from './testVisit';

beforeEach(() => chooseLanguage('en'));

it('keeps the place of what is loading', async () => {
  const hospital = new TestHospital(visitIn(30));
  hospital.open('/');
  expect(await screen.findByRole('heading', { name: 'Hello, 李晓兰' })).toBeVisible();
  expect(screen.getByRole('status', { name: 'Loading' })).toBeInTheDocument();
  expect(await screen.findByTestId('next-visit')).toBeVisible();
});

it('says how visits get here when there are none', async () => {
  const hospital = new TestHospital(visitIn(30));
  hospital.answers['GET /api/appointments'] = [200, { appointments: [] }];
  hospital.open('/');
  expect(await screen.findByText('No visits ahead')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Find a doctor' })).toHaveAttribute('href', '/doctors');
});

it('shows the next visit and those after it', async () => {
  const next = visitIn(30);
  const later = visitIn(60 * 30, { id: 'v2', practitioner_name: '陈思远' });
  const over = visitIn(-60, { id: 'v3', consultation_state: 'finished' });
  const hospital = new TestHospital(next);
  hospital.answers['GET /api/appointments'] = [200, { appointments: [over, later, next] }];
  hospital.open('/');
  expect(await screen.findByRole('link', { name: 'Prepare for the visit' })).toHaveAttribute(
    'href',
    '/visit/v1',
  );
  const list = screen.getByRole('list', { name: 'Later visits' });
  expect(list).toHaveTextContent('陈思远');
  expect(list.children).toHaveLength(1);
});

it.each([
  ['arrived', 'Go to the waiting room'],
  ['in-progress', 'Back to the call'],
] as const)('leads back to a visit that is %s', async (consultation_state, action) => {
  new TestHospital(visitIn(-5, { consultation_state })).open('/');
  expect(await screen.findByRole('link', { name: action })).toBeVisible();
});

it('says what the doctor has proposed after the visit', async () => {
  stubDevice();
  const hospital = new TestHospital(
    visitIn(-60, { consultation_state: 'finished', state: 'fulfilled' }),
  );
  const proposal = (consultation_id: string, why: string) => ({
    consultation_id,
    patient_id: 'p1',
    patient_name: '李晓兰',
    practitioner_id: 'd1',
    practitioner_name: '张文华',
    practitioner_title: '主任医师',
    due_on: '2099-12-07',
    proposed_at: '2026-11-23T06:30:00Z',
    why,
  });
  const { consultation_id: id } = visitIn(0);
  hospital.answers['GET /api/follow-ups'] = [
    200,
    { follow_ups: [proposal(id, '复查血压'), proposal('another', '拆线')] },
  ];
  hospital.state = 'finished';
  hospital.open('/visit/v1');
  expect(await screen.findByText('Why: 复查血压')).toBeVisible();
  expect(screen.queryByText('Why: 拆线')).toBeNull();
});

it('books no time that is past', async () => {
  new TestHospital(visitIn(30)).open('/book/d1?at=2020-11-01T02:00Z');
  expect(await screen.findByText(/is over/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'Choose another time' })).toHaveAttribute(
    'href',
    '/doctors/d1',
  );
});

it('says what is safe when the visits cannot be read, and reads them again', async () => {
  const hospital = new TestHospital(visitIn(30));
  const good = hospital.answers['GET /api/appointments'];
  hospital.answers['GET /api/appointments'] = [500, { code: 'internal', log_id: 'r-1' }];
  hospital.open('/');
  expect(await screen.findByRole('alert')).toHaveTextContent('Your visits are safe.');
  if (good) hospital.answers['GET /api/appointments'] = good;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByTestId('next-visit')).toBeVisible();
});

it('looks again when the person comes back to the page', async () => {
  const hospital = new TestHospital(visitIn(30));
  hospital.open('/');
  await screen.findByRole('link', { name: 'Prepare for the visit' });
  const admitted = visitIn(30, { consultation_state: 'in-progress' });
  hospital.answers['GET /api/appointments'] = [200, { appointments: [admitted] }];
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  await waitFor(() => expect(screen.getByRole('link', { name: 'Back to the call' })).toBeVisible());
});

it('lists what is over under Records, page by page, and leads to what can be read', async () => {
  const finished = visitIn(-60, { consultation_state: 'finished', state: 'fulfilled' });
  const off = visitIn(60 * 48, { id: 'v2', consultation_state: 'cancelled', state: 'cancelled' });
  const missed = visitIn(-60 * 48, { id: 'v4' });
  const unclosed = visitIn(-60 * 50, { id: 'v5', consultation_state: 'in-progress' });
  const hospital = new TestHospital(finished);
  hospital.answers['GET /api/past-appointments'] = [
    200,
    {
      appointments: [
        { ...off, called_off: true },
        { ...finished, called_off: false },
      ],
      next_cursor: 'abc',
    },
  ];
  hospital.open('/records');
  const list = await screen.findByRole('list', { name: 'Past visits' });
  expect(list.children).toHaveLength(2);
  expect(screen.getByRole('link', { name: /张文华.*Finished/ })).toHaveAttribute(
    'href',
    '/visit/v1',
  );
  expect(screen.getByRole('link', { name: /Called off by the hospital/ })).toHaveAttribute(
    'href',
    '/visit/v2',
  );
  hospital.answers['GET /api/past-appointments'] = [
    200,
    {
      appointments: [
        { ...missed, called_off: false },
        { ...unclosed, called_off: false },
      ],
      next_cursor: null,
    },
  ];
  const more = screen.getByRole('button', { name: 'Show earlier visits' });
  await userEvent.click(more);
  expect(await screen.findByText('Did not take place')).toBeVisible();
  expect(screen.getByRole('link', { name: /Not ended by the doctor/ })).toHaveAttribute(
    'href',
    '/visit/v5',
  );
  expect(list.children).toHaveLength(4);
  expect(more).not.toBeInTheDocument();
});

it('says what Records will hold when there is nothing yet', async () => {
  new TestHospital(visitIn(30)).open('/records');
  expect(await screen.findByText('No records yet')).toBeVisible();
});

it('asks for what is the patient to do, and leads to records and readers', async () => {
  const hospital = new TestHospital(visitIn(30));
  hospital.answers['GET /api/identity'] = [
    200,
    {
      name: 'Li',
      birth_date: '1988-05-17',
      required: true,
      compared_by: null,
      compared_kinds: [],
      correctable: true,
      check: null,
    },
  ];
  hospital.open('/');
  expect(await screen.findByRole('heading', { name: 'Verify your name' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Verify my name' })).toHaveAttribute('href', '/me');
  expect(screen.getByRole('link', { name: 'Past visits and receipts' })).toBeVisible();
  expect(screen.queryByText(/asks you to come again/)).toBeNull();
});
