import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { OwnLeave } from './OwnLeave';
import { ScheduleEditor } from './ScheduleEditor';

const hours = {
  id: 'h1',
  weekday: 2,
  begins: '09:00',
  ends: '24:00',
  slot_minutes: 20,
  capacity: 2,
  time_zone: 'Asia/Shanghai',
  valid_from: '2020-01-01',
  valid_to: '2099-05-01',
};
const leave = {
  id: 'l1',
  begins_at: '2099-01-01T16:00:00Z',
  ends_at: '2099-01-03T16:00:00Z',
  first_day: '2099-01-02',
  last_day: '2099-01-03',
};
const ofVisit = {
  ...leave,
  id: 'l3',
  begins_at: '2099-02-01T02:00:00Z',
  ends_at: '2099-02-01T02:20:00Z',
};
const oneDay = {
  ...leave,
  id: 'l2',
  begins_at: '2099-01-09T16:00:00Z',
  ends_at: '2099-01-10T16:00:00Z',
};
const day = {
  id: 'e1',
  kind: 'capacity',
  day: '2099-03-01',
  begins: '09:00',
  ends: '10:00',
  slot_minutes: 0,
  capacity: 0,
  time_zone: 'Asia/Shanghai',
};

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/session': [401, { code: 'auth.required' }],
    'GET /api/doctor-profiles/p1/schedule': [
      200,
      {
        hours: [hours],
        exceptions: [day],
        leaves: [leave, oneDay, ofVisit],
        slots: { owner: 'ours', quota_a_day: 0 },
        his_connected: true,
      },
    ],
    'GET /api/leave': [200, { leaves: [{ leave, booked: 2 }] }],
  };
});

function open(view = <ScheduleEditor doctorId="p1" />) {
  const fetchMock = stubApi(answers);
  renderApp([{ path: '/', element: view }], '/');
  return {
    sent: () =>
      fetchMock.mock.calls.flatMap(([address, init]) =>
        init?.method && init.method !== 'GET'
          ? [
              [
                `${init.method} ${address as string}`,
                ...(init.body ? [JSON.parse(init.body as string) as unknown] : []),
              ],
            ]
          : [],
      ),
  };
}

it('shows the week, the other days and leave by the hospital calendar', async () => {
  open();
  const week = within(await screen.findByRole('region', { name: 'Week' }));
  const tuesday = week.getByRole('heading', { name: 'Tuesday' }).closest('li');
  expect(tuesday).toHaveTextContent('09:00 – 24:00');
  expect(tuesday).toHaveTextContent('20 min each · 2 patients at a time · until May 1, 2099');
  expect(week.getAllByText('No hours')).toHaveLength(6);
  expect(screen.getByText('Mar 1, 2099 · 09:00 – 10:00')).toBeVisible();
  expect(screen.getByText('Closed')).toBeVisible();
  expect(screen.getByText('Jan 2, 2099 – Jan 3, 2099')).toBeVisible();
  expect(screen.getByText('Jan 10, 2099')).toBeVisible();
  expect(screen.getByText('Feb 1, 2099 10:00–10:20, a visit called off')).toBeVisible();
});

it('adds hours, and shows mistakes and overlaps beside the fields', async () => {
  answers['POST /api/doctor-profiles/p1/hours'] = [409, { code: 'schedule.overlap' }];
  const { sent } = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Add hours on Monday' }));
  const dialog = within(await screen.findByRole('dialog'));
  fireEvent.change(dialog.getByLabelText('From'), { target: { value: '' } });
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(dialog.getByText('Fill this in.')).toBeVisible();
  expect(sent()).toEqual([]);
  fireEvent.change(dialog.getByLabelText('From'), { target: { value: '13:00' } });
  fireEvent.change(dialog.getByLabelText('To'), { target: { value: '00:00' } });
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText(/already has hours/)).toBeVisible();
  expect(sent()[0]?.[1]).toMatchObject({ weekday: 1, begins: '13:00', ends: '24:00' });
  answers['POST /api/doctor-profiles/p1/hours'] = [
    422,
    { code: 'input.invalid', fields: { slot_minutes: 'too_large' } },
  ];
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('This is too large.')).toBeVisible();
});

it('gives the times to the hospital system with what it has ceded', async () => {
  answers['POST /api/doctor-profiles/p1/slot-ownership'] = [200, { owner: 'his', quota_a_day: 4 }];
  const { sent } = open();
  const part = within(await screen.findByRole('region', { name: 'Who owns the times' }));
  expect(part.getByRole('button', { name: 'Save' })).toBeDisabled();
  await userEvent.click(part.getByRole('radio', { name: /own system/ }));
  const quota = part.getByRole('textbox', { name: 'Visits a day without asking' });
  await userEvent.clear(quota);
  await userEvent.type(quota, '4');
  await userEvent.click(part.getByRole('button', { name: 'Save' }));
  expect(await part.findByText(/^Saved/)).toBeVisible();
  expect(sent()).toEqual([
    ['POST /api/doctor-profiles/p1/slot-ownership', { owner: 'his', quota_a_day: 4 }],
  ]);
});

it('cannot give times to a hospital system that is not connected', async () => {
  answers['GET /api/doctor-profiles/p1/schedule'] = [
    200,
    {
      hours: [],
      exceptions: [],
      leaves: [],
      slots: { owner: 'ours', quota_a_day: 0 },
      his_connected: false,
    },
  ];
  open();
  expect(await screen.findByRole('radio', { name: /own system/ })).toBeDisabled();
  expect(screen.getByText('It is not connected: nobody would answer.')).toBeVisible();
});

it('removes hours only after asking', async () => {
  answers['DELETE /api/weekly-hours/h1'] = [204];
  const { sent } = open();
  await userEvent.click(
    await screen.findByRole('button', { name: 'Remove Tuesday, 09:00 – 24:00' }),
  );
  const dialog = within(await screen.findByRole('dialog'));
  expect(sent()).toEqual([]);
  await userEvent.click(dialog.getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(sent()).toEqual([['DELETE /api/weekly-hours/h1']]));
});

it('makes a day different', async () => {
  answers['POST /api/doctor-profiles/p1/exceptions'] = [201, day];
  answers['GET /api/doctor-profiles/p1/exception-visits'] = [200, { booked: 0 }];
  const { sent } = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Add a day' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.selectOptions(dialog.getByLabelText('What is different'), 'capacity');
  expect(dialog.queryByLabelText('Minutes for each visit')).toBeNull();
  fireEvent.change(dialog.getByLabelText('Patients at a time'), { target: { value: '0' } });
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent()[0]?.[1]).toMatchObject({ kind: 'capacity', capacity: 0, slot_minutes: 0 });
});

it('says how many visits closing hours calls off before it is saved', async () => {
  answers['GET /api/doctor-profiles/p1/exception-visits'] = [200, { booked: 2 }];
  answers['POST /api/doctor-profiles/p1/exceptions'] = [201, day];
  const { sent } = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Add a day' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.selectOptions(dialog.getByLabelText('What is different'), 'capacity');
  fireEvent.change(dialog.getByLabelText('Patients at a time'), { target: { value: '0' } });
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText(/2 booked visits in this time will be called off/)).toBeVisible();
  expect(sent()).toEqual([]);

  // Other hours are another question.
  fireEvent.change(dialog.getByLabelText('To'), { target: { value: '11:00' } });
  expect(dialog.queryByText(/will be called off/)).toBeNull();
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await userEvent.click(await dialog.findByRole('button', { name: 'Close and call 2 visits off' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(sent()).toMatchObject([['POST /api/doctor-profiles/p1/exceptions', { ends: '11:00' }]]);
});

it('says how many visits a leave calls off before it is entered', async () => {
  answers['GET /api/leave/visits'] = [200, { booked: 1 }];
  answers['POST /api/leave'] = [201, { leave, booked: 1 }];
  const { sent } = open(<OwnLeave />);
  expect(await screen.findByText(/2 visits stay in this time/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Add leave' }));
  expect(screen.getAllByText('Fill this in.')).toHaveLength(2);
  fireEvent.change(screen.getByLabelText('First day'), { target: { value: '2099-01-02' } });
  fireEvent.change(screen.getByLabelText('Last day'), { target: { value: '2099-01-03' } });
  await userEvent.click(screen.getByRole('button', { name: 'Add leave' }));
  expect(await screen.findByText(/1 booked visit in this time will be called off/)).toBeVisible();
  expect(sent()).toEqual([]);
  const [, sure] = screen.getAllByRole('button', { name: 'Add leave' });
  await userEvent.click(sure as HTMLElement);
  expect(await screen.findByText(/entered\. 1 booked visit was called off/)).toBeVisible();
  expect(sent()).toEqual([['POST /api/leave', { from: '2099-01-02', to: '2099-01-03' }]]);
});
