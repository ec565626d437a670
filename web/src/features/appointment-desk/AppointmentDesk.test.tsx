import {
  fireEvent,
  screen,
  within,
  type BoundFunctions,
  type queries,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { AppointmentDesk } from './AppointmentDesk';

const appointment = {
  id: 'a-1',
  consultation_id: 'c-1',
  patient_id: 'p-1',
  patient_name: 'Zhao Lin',
  practitioner_id: 'd-1',
  practitioner_name: 'Li Wenbo',
  practitioner_title: 'Chief',
  specialty: 'GP',
  state: 'booked',
  consultation_state: 'planned',
  starts_at: '2026-11-23T06:00:00Z',
  ends_at: '2026-11-23T06:20:00Z',
};
const finished = {
  ...appointment,
  id: 'a-2',
  patient_name: 'Chen Xiuying',
  state: 'fulfilled',
  consultation_state: 'finished',
  starts_at: '2026-11-23T02:00:00Z',
  ends_at: '2026-11-23T02:20:00Z',
};

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  vi.useFakeTimers({ now: new Date('2026-11-23T04:00:00Z'), toFake: ['Date'] });
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/appointments': [200, { appointments: [finished, appointment] }],
    'GET /api/patients': [
      200,
      { patients: [{ id: 'p-1', name: 'Zhao Lin', birth_date: '1954-03-10' }], next_cursor: null },
    ],
    'GET /api/practitioners': [
      200,
      { practitioners: [{ id: 'd-1', name: 'Li Wenbo', title: 'Chief', specialty: 'GP' }] },
    ],
    'POST /api/appointments/a-1/cancel': [204],
  };
  return () => vi.useRealTimers();
});

function open(path = '/desk') {
  const fetchMock = stubApi(answers);
  const { router } = renderApp([{ path: '/desk', element: <AppointmentDesk /> }], path);
  const calls = (method: string, pathname: string) =>
    fetchMock.mock.calls.filter(
      ([address, init]) =>
        (init?.method ?? 'GET') === method &&
        new URL(address as string, 'http://localhost').pathname === pathname,
    );
  return { router, calls };
}

describe('the day', () => {
  it('is today by the hospital clock, with its appointments in words', async () => {
    const { calls } = open();
    expect(await screen.findByText('14:00–14:20')).toBeVisible();
    expect(screen.getByText('Monday, November 23, 2026')).toBeVisible();
    expect(calls('GET', '/api/appointments')[0]?.[0]).toBe(
      '/api/appointments?from=2026-11-23&to=2026-11-23',
    );
  });

  it('goes on and back in the address', async () => {
    const { router } = open();
    await userEvent.click(screen.getByRole('button', { name: 'The day after' }));
    expect(router.state.location.search).toBe('?day=2026-11-24');
    await userEvent.click(screen.getByRole('button', { name: 'The day before' }));
    expect(router.state.location.search).toBe('');
  });

  it('says when it is empty, and when it cannot be read', async () => {
    answers['GET /api/appointments'] = [200, { appointments: [] }];
    open();
    expect(await screen.findByText('No appointments on this day.')).toBeVisible();
    answers['GET /api/appointments'] = [500, { code: 'internal' }];
    await userEvent.click(screen.getByRole('button', { name: 'The day after' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The appointments are as they were.',
    );
  });
});

describe('cancelling', () => {
  it('is offered only before the visit, asks, and says what was done', async () => {
    const { calls } = open();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel the appointment of Zhao Lin at 14:00' }),
    );
    expect(screen.queryByRole('button', { name: /Chen Xiuying/ })).toBeNull();
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/cannot be brought back/)).toBeVisible();
    expect(calls('POST', '/api/appointments/a-1/cancel')).toHaveLength(0);
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel the appointment' }));
    expect(
      await screen.findByText('The appointment of Zhao Lin at Nov 23, 2026 14:00 is cancelled.'),
    ).toBeVisible();
    expect(calls('GET', '/api/appointments')).toHaveLength(2);
  });

  it('says when the visit has begun meanwhile', async () => {
    answers['POST /api/appointments/a-1/cancel'] = [409, { code: 'consultation.wrong_state' }];
    open();
    await userEvent.click(await screen.findByRole('button', { name: /Zhao Lin at 14:00/ }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel the appointment' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('The visit has moved on');
  });
});

describe('a new appointment', () => {
  async function form() {
    const opened = open();
    await userEvent.click(await screen.findByRole('button', { name: 'New appointment' }));
    const dialog = within(await screen.findByRole('dialog'));
    return { ...opened, dialog };
  }

  async function fillIn(dialog: BoundFunctions<typeof queries>) {
    await userEvent.click(dialog.getByRole('combobox', { name: 'Patient' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Zhao Lin · Mar 10, 1954' }));
    await userEvent.click(dialog.getByRole('combobox', { name: 'Doctor' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Li Wenbo · Chief · GP' }));
    fireEvent.change(dialog.getByLabelText('Begins at'), { target: { value: '14:10' } });
  }

  it('says all that is missing at once, in the language of the page', async () => {
    const { dialog, calls } = await form();
    await userEvent.click(dialog.getByRole('button', { name: 'Make the appointment' }));
    for (const missing of ['Choose a patient.', 'Choose a doctor.', 'Choose a time.']) {
      expect(dialog.getByText(missing)).toBeVisible();
    }
    expect(calls('POST', '/api/appointments')).toHaveLength(0);
    chooseLanguage('zh-CN');
    expect(await dialog.findByText('请选择患者。')).toBeVisible();
  });

  it('is made for the hospital clock', async () => {
    answers['POST /api/appointments'] = [201, appointment];
    const { dialog, calls } = await form();
    await fillIn(dialog);
    expect(dialog.getByText('Ends at 14:25 · Asia/Shanghai, GMT+8')).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Make the appointment' }));
    expect(
      await screen.findByText(/The appointment is made: Zhao Lin with Li Wenbo/),
    ).toBeVisible();
    expect(JSON.parse(calls('POST', '/api/appointments')[0]?.[1]?.body as string)).toEqual({
      patient_id: 'p-1',
      practitioner_id: 'd-1',
      starts_at: '2026-11-23T06:10:00.000Z',
      ends_at: '2026-11-23T06:25:00.000Z',
    });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('that overlaps is explained by the appointment that is there', async () => {
    answers['POST /api/appointments'] = [409, { code: 'appointment.overlap' }];
    const { dialog } = await form();
    await fillIn(dialog);
    await userEvent.click(dialog.getByRole('button', { name: 'Make the appointment' }));
    const alert = await dialog.findByRole('alert');
    expect(alert).toHaveTextContent('Li Wenbo has another appointment at this time.');
    expect(alert).toHaveTextContent('14:00–14:20 Zhao Lin');
    expect(alert).toHaveTextContent('Nothing was made.');
  });

  it('shows the mistakes that the server names beside their fields', async () => {
    answers['POST /api/appointments'] = [
      422,
      { code: 'input.invalid', fields: { starts_at: 'in_the_past', ends_at: 'too_large' } },
    ];
    const { dialog } = await form();
    await fillIn(dialog);
    await userEvent.click(dialog.getByRole('button', { name: 'Make the appointment' }));
    expect(await dialog.findByText('Choose a time in the future.')).toBeVisible();
    expect(dialog.getByText('This is too large.')).toBeVisible();
    fireEvent.change(dialog.getByLabelText('Begins at'), { target: { value: '15:00' } });
    expect(dialog.queryByText('Choose a time in the future.')).toBeNull();
    expect(dialog.getByText('This is too large.')).toBeVisible();
  });
});
