import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { beforeEach, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderView, stubApi } from '../../shared/test/renderApp';
import { ThemeProvider } from '../../shared/theme';
import { CallOff } from './CallOff';
import { ChangeSaid, changeState, type Change } from './ChangeSaid';
import { ChangeVisit } from './ChangeVisit';
import { RebookingOffers } from './RebookingOffers';
import { JoinWaitlist, WaitlistCards } from './Waitlist';

beforeEach(() => chooseLanguage('en'));

function show(view: ReactNode) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(['hospital'], { time_zone: 'Asia/Shanghai' });
  renderView(<QueryClientProvider client={client}>{view}</QueryClientProvider>);
}

const doctor = {
  practitioner_id: 'd1',
  practitioner_name: '张文华',
  practitioner_title: '主任医师',
  specialty: '心血管内科',
};
const visit = {
  ...doctor,
  id: 'b1',
  consultation_id: 'c1',
  state: 'booked',
  starts_at: '2099-11-24T01:00:00Z',
  ends_at: '2099-11-24T01:30:00Z',
  held_until: null,
  fee_minor: 5000,
  currency: 'CNY',
};
const terms = {
  step: 'late',
  paid_minor: 5000,
  back_minor: 2500,
  currency: 'CNY',
  free_until: '2099-11-23T01:00:00Z',
  late_percent: 50,
  move_until: '2099-11-23T23:00:00Z',
  can_move: true,
};

function change(at?: string, onDone = vi.fn()) {
  show(
    <ChangeVisit
      bookingId="b1"
      at={at}
      home="/"
      again="/change/b1"
      times={(id) => <p>times of {id}</p>}
      onDone={onDone}
    />,
  );
  return onDone;
}

it('says what comes back before it cancels, and asks once', async () => {
  const sent = stubApi({
    'GET /api/bookings/b1': [200, visit],
    'GET /api/bookings/b1/terms': [200, terms],
    'POST /api/bookings/b1/cancel': [200, { booking: visit, back_minor: 2500 }],
  });
  const onDone = change();
  expect(await screen.findByText(/25\.00 of CN¥50\.00 comes back/)).toBeVisible();
  expect(screen.getByText('times of d1')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Cancel the visit' }));
  expect(await screen.findByRole('button', { name: 'Keep the visit' })).toBeVisible();
  const [, confirm] = await screen.findAllByRole('button', { name: 'Cancel the visit' });
  await userEvent.click(confirm as HTMLElement);
  await waitFor(() =>
    expect(onDone).toHaveBeenCalledWith({
      cancelled: { paid_minor: 5000, back_minor: 2500, currency: 'CNY' },
    }),
  );
  expect(sent).toBeDefined();
});

it('cancels nothing when what comes back has changed', async () => {
  stubApi({
    'GET /api/bookings/b1': [200, visit],
    'GET /api/bookings/b1/terms': [200, { ...terms, step: 'free', back_minor: 5000 }],
    'POST /api/bookings/b1/cancel': [409, { code: 'booking.terms_changed' }],
  });
  const onDone = change();
  expect(await screen.findByText(/All of your CN¥50\.00 comes back/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Cancel the visit' }));
  const [, confirm] = await screen.findAllByRole('button', { name: 'Cancel the visit' });
  await userEvent.click(confirm as HTMLElement);
  expect(await screen.findByText(/has just changed/)).toBeVisible();
  expect(onDone).not.toHaveBeenCalled();
});

it('offers no cancelling once the time has begun, and says what becomes of the fee', async () => {
  stubApi({
    'GET /api/bookings/b1': [200, visit],
    'GET /api/bookings/b1/terms': [
      200,
      { ...terms, step: 'begun', back_minor: 0, can_move: false },
    ],
  });
  change();
  expect(await screen.findByText(/cannot be cancelled any more/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Cancel the visit' })).toBeNull();
});

it('shows the old and the new time before it moves', async () => {
  stubApi({
    'GET /api/bookings/b1': [200, visit],
    'GET /api/bookings/b1/terms': [200, terms],
    'POST /api/bookings/b1/move': [200, visit],
  });
  const onDone = change('2099-11-25T01:00:00Z');
  // A file that was downloaded once hears of nothing.
  expect(await screen.findByText(/add the new time there/)).toBeVisible();
  await userEvent.click(await screen.findByRole('button', { name: 'Move the visit' }));
  await waitFor(() =>
    expect(onDone).toHaveBeenCalledWith({
      moved: { starts_at: '2099-11-25T01:00:00Z', practitioner_name: '张文华' },
    }),
  );
});

it('answers the question by verbs in Chinese too', async () => {
  chooseLanguage('zh-CN');
  stubApi({
    'GET /api/bookings/b1': [200, visit],
    'GET /api/bookings/b1/terms': [200, terms],
  });
  change();
  await userEvent.click(await screen.findByRole('button', { name: '取消就诊' }));
  expect(await screen.findByRole('button', { name: '保留就诊' })).toBeVisible();
  expect(screen.queryByRole('button', { name: '取消' })).toBeNull();
  expect(screen.getAllByRole('button', { name: '取消就诊' })).toHaveLength(2);
});

it.each([
  [
    { moved: { starts_at: '2099-11-25T01:00:00Z', practitioner_name: '张文华' } },
    /is moved to .*Nov 25/,
  ],
  [
    { cancelled: { paid_minor: 5000, back_minor: 5000, currency: 'CNY' } },
    /CN¥50\.00 is on its way/,
  ],
  [{ cancelled: { paid_minor: 5000, back_minor: 0, currency: 'CNY' } }, /Nothing was paid back/],
  [{ cancelled: { paid_minor: 0, back_minor: 0, currency: null } }, /You had paid nothing/],
] satisfies [Change, RegExp][])('says afterwards what was done: %j', (done, words) => {
  const client = new QueryClient();
  client.setQueryData(['hospital'], { time_zone: 'Asia/Shanghai' });
  render(
    <ThemeProvider env="test">
      <QueryClientProvider client={client}>
        <MemoryRouter initialEntries={[{ pathname: '/', state: changeState(done) }]}>
          <ChangeSaid />
        </MemoryRouter>
      </QueryClientProvider>
    </ThemeProvider>,
  );
  expect(screen.getByRole('status')).toHaveTextContent(words);
});

it('says nothing of a change where none was made', () => {
  stubApi({});
  show(<ChangeSaid />);
  expect(screen.queryByTestId('change-said')).toBeNull();
});

it('says when a visit cannot be changed any more', async () => {
  stubApi({
    'GET /api/bookings/b1': [200, visit],
    'GET /api/bookings/b1/terms': [409, { code: 'appointment.wrong_state' }],
  });
  change();
  expect(await screen.findByText('This visit cannot be changed any more')).toBeVisible();
});

const offer = {
  ...doctor,
  patient_name: '李晓兰',
  id: 'o1',
  appointment_id: 'b1',
  why: 'doctor-leave',
  starts_at: visit.starts_at,
  ends_at: '2099-11-30T09:00:00Z',
  fee_minor: 5000,
  currency: 'CNY',
  alternatives: [
    {
      ...doctor,
      starts_at: '2099-11-25T01:00:00Z',
      ends_at: '2099-11-25T01:30:00Z',
      fee_minor: 5000,
      currency: 'CNY',
    },
  ],
};

it('offers other times for a visit that was called off, and takes one', async () => {
  const answers: Parameters<typeof stubApi>[0] = {
    'GET /api/rebooking-offers': [200, { offers: [offer] }],
    'POST /api/rebooking-offers/o1/accept': [200, visit],
  };
  stubApi(answers);
  const onTaken = vi.fn();
  show(<RebookingOffers to={(id) => `/offers/${id}`} onTaken={onTaken} />);
  expect(await screen.findByText(/The doctor is on leave then/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: /with 张文华/ }));
  answers['GET /api/rebooking-offers'] = [200, { offers: [] }];
  await userEvent.click(await screen.findByRole('button', { name: 'Take this time' }));
  await waitFor(() => expect(screen.queryByTestId('rebooking-offer')).toBeNull());
  expect(onTaken.mock.calls[0]?.[0]).toMatchObject({
    moved: { starts_at: '2099-11-25T01:00:00Z' },
  });
});

const entry = {
  ...doctor,
  patient_id: 'p1',
  patient_name: '李晓兰',
  id: 'w1',
  state: 'waiting',
  begins_at: '2099-11-23T16:00:00Z',
  ends_at: '2099-11-30T16:00:00Z',
  appointment_id: null,
  starts_at: null,
  held_until: null,
  fee_minor: null,
  currency: null,
};

it('shows where one waits, and the time that is kept', async () => {
  stubApi({
    'GET /api/waitlist': [
      200,
      {
        entries: [
          entry,
          {
            ...entry,
            id: 'w2',
            state: 'offered',
            appointment_id: 'b2',
            starts_at: visit.starts_at,
            held_until: '2099-11-23T10:00:00Z',
            fee_minor: 5000,
            currency: 'CNY',
          },
        ],
      },
    ],
  });
  const to = ({ id }: { id: string }) => `/pay/${id}`;
  show(
    <>
      <WaitlistCards which="waiting" to={to} />
      <WaitlistCards which="offered" to={to} />
    </>,
  );
  expect(
    await screen.findByRole('heading', { name: 'You are on the waitlist of 张文华' }),
  ).toBeVisible();
  expect(screen.getByRole('link', { name: 'Book it and pay CN¥50.00' })).toHaveAttribute(
    'href',
    '/pay/b2',
  );
});

const alone = {
  patient_id: null,
  guardian_consents: false,
  whole: true,
  choice: () => null,
  family: [],
};

it('lets one join for a child once the guardian consents', async () => {
  const answers: Parameters<typeof stubApi>[0] = {
    'GET /api/doctors/d1': [200, { name: '张文华', next_free: [] }],
    'GET /api/waitlist': [200, { entries: [entry] }],
    'POST /api/waitlist': [201, entry],
  };
  stubApi(answers);
  const choice = (asked: boolean) => <p>{asked ? 'Please consent' : 'For whom?'}</p>;
  show(
    <JoinWaitlist
      doctorId="d1"
      bookTo={(at) => `/book/d1?at=${at}`}
      whom={{ ...alone, whole: false, choice, family: ['p2'] }}
    />,
  );
  // The own person waits already, the child does not yet.
  expect(await screen.findByText(/You are on the waitlist of 张文华/)).toBeVisible();
  await userEvent.click(
    screen.getByRole('button', { name: 'No time suits you? Join the waitlist' }),
  );
  expect(await screen.findByText('For whom?')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Join the waitlist' }));
  expect(await screen.findByText('Please consent')).toBeVisible();
});

it('lets one join where no time is free, and names a wrong day', async () => {
  const answers: Parameters<typeof stubApi>[0] = {
    'GET /api/doctors/d1': [200, { name: '张文华', next_free: [] }],
    'GET /api/waitlist': [200, { entries: [] }],
    'POST /api/waitlist': [422, { code: 'input.invalid', fields: { to: 'out_of_order' } }],
  };
  stubApi(answers);
  show(<JoinWaitlist doctorId="d1" bookTo={(at) => `/book/d1?at=${at}`} whom={alone} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Join the waitlist' }));
  const [, join] = await screen.findAllByRole('button', { name: 'Join the waitlist' });
  await userEvent.click(join as HTMLElement);
  expect(await screen.findByRole('alert')).toBeVisible();
  answers['POST /api/waitlist'] = [201, entry];
  answers['GET /api/waitlist'] = [200, { entries: [entry] }];
  await userEvent.click(join as HTMLElement);
  expect(await screen.findByText(/You are on the waitlist of 张文华/)).toBeVisible();
});

it('shows the free times of the wished days instead of a place on the list', async () => {
  const alternatives = [{ ...doctor, ...visit, practitioner_id: 'd1' }];
  stubApi({
    'GET /api/doctors/d1': [200, { name: '张文华', next_free: ['2099-11-24T01:00:00Z'] }],
    'GET /api/waitlist': [200, { entries: [] }],
    'POST /api/waitlist': [409, { code: 'waitlist.times_free', alternatives }],
  });
  show(<JoinWaitlist doctorId="d1" bookTo={(at) => `/book/d1?at=${at}`} whom={alone} />);
  await userEvent.click(await screen.findByRole('button', { name: /No time suits you/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Join the waitlist' }));
  expect(await screen.findByText('There are free times on these days.')).toBeVisible();
  expect(screen.getByRole('link', { name: /^Book .*01:00 UTC/ })).toHaveAttribute(
    'href',
    '/book/d1?at=2099-11-24T01:00:00Z',
  );
});

it('calls off after asking why, and only what nobody has come to', async () => {
  stubApi({ 'POST /api/appointments/a1/call-off': [204] });
  const onDone = vi.fn();
  const one = {
    id: 'a1',
    patient_name: '李晓兰',
    starts_at: visit.starts_at,
    state: 'booked' as const,
    consultation_state: 'planned' as const,
  };
  show(
    <>
      <CallOff visit={one} onDone={onDone} />
      <CallOff visit={{ ...one, id: 'a2', consultation_state: 'arrived' }} onDone={onDone} />
    </>,
  );
  await userEvent.click(screen.getByRole('button', { name: /Call off the visit of 李晓兰/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Call the visit off' }));
  expect(await screen.findByText('Choose why.')).toBeVisible();
  expect(onDone).not.toHaveBeenCalled();
  await userEvent.click(await screen.findByRole('radio', { name: 'Technical problem' }));
  await userEvent.click(screen.getByRole('button', { name: 'Call the visit off' }));
  await waitFor(() => expect(onDone).toHaveBeenCalled());
});
