import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { booking, startsAt, TestDesk } from './testBooking';

vi.setConfig({ testTimeout: 20_000 });

let desk: TestDesk;

beforeEach(() => {
  chooseLanguage('en');
  window.sessionStorage.clear();
  Element.prototype.scrollIntoView = vi.fn();
  desk = new TestDesk();
});

const ended = () => booking({ held_until: new Date(Date.now() - 1000).toISOString() });

it('counts down how long the time is kept, and books it', async () => {
  const { sent } = desk.open('/booking/b-1');
  expect(await screen.findByRole('timer')).toHaveTextContent(/Kept for you for 4:5\d/);
  const booked = booking({ state: 'booked', held_until: null, consultation_id: 'c-1' });
  desk.set('POST /api/bookings/b-1/confirm', 200, booked);
  desk.set('GET /api/bookings/b-1', 200, booked);
  await userEvent.click(screen.getByRole('button', { name: 'Book this visit' }));
  expect(await screen.findByRole('heading', { name: 'Your visit is booked' })).toBeVisible();
  expect(sent('POST', '/api/bookings/b-1/confirm')).toHaveLength(1);
  expect(screen.getByRole('link', { name: 'Add to your calendar' })).toHaveAttribute(
    'href',
    '/api/appointments/b-1/calendar',
  );
  expect(screen.getByRole('link', { name: /Go to the visit/ })).toHaveAttribute(
    'href',
    '/visit/b-1',
  );
});

it('leads to the payment of what costs something', async () => {
  desk.set('GET /api/bookings/b-1', 200, booking({ fee_minor: 5000 }));
  desk.open('/booking/b-1');
  expect(await screen.findByRole('link', { name: 'Go on and pay CN¥50.00' })).toHaveAttribute(
    'href',
    '/pay/b-1',
  );
});

it('is given up after being asked once', async () => {
  desk.set('POST /api/bookings/b-1/release', 204);
  desk.open('/booking/b-1');
  await userEvent.click(await screen.findByRole('button', { name: 'Give this time up' }));
  desk.set('GET /api/bookings/b-1', 200, booking({ state: 'cancelled', held_until: null }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('Others can have it at once');
  const [, confirm] = screen.getAllByRole('button', { name: 'Give this time up' });
  if (confirm) await userEvent.click(confirm);
  expect(await screen.findByText('You gave this time up')).toBeVisible();
});

it('says when the time is no longer kept, tries it again, and says when it is gone', async () => {
  desk.set('GET /api/bookings/b-1', 200, ended());
  desk.set('POST /api/bookings/b-1/confirm', 409, { code: 'booking.hold_ended' });
  desk.open('/booking/b-1');
  expect(await screen.findByRole('heading', { name: 'This time is no longer kept' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: /Try to have 12:00.* again/ }));
  await waitFor(() => expect(screen.queryByRole('button')).toBeNull());
  expect(screen.getByRole('link', { name: 'Choose another time' })).toHaveAttribute(
    'href',
    '/doctors/d-1',
  );
});

it('leads back to the same time when a paid one is no longer kept', async () => {
  desk.set('GET /api/bookings/b-1', 200, { ...ended(), fee_minor: 8000 });
  desk.open('/booking/b-1');
  expect(await screen.findByRole('link', { name: /Try to have 12:00.* again/ })).toHaveAttribute(
    'href',
    `/book/d-1?at=${startsAt}`,
  );
});

it('says beside the payment that the time is no longer kept, and leads back to it', async () => {
  desk.set('GET /api/bookings/b-1', 200, { ...ended(), state: 'expired', fee_minor: 8000 });
  desk.open('/aside');
  expect(await screen.findByRole('alert')).toHaveTextContent('This time is no longer kept');
  expect(screen.getByRole('link', { name: /Try to have 12:00.* again/ })).toHaveAttribute(
    'href',
    `/book/d-1?at=${startsAt}`,
  );
});

const known = (change: object = {}) => ({
  basis: null,
  documents: 0,
  earlier_visits: 0,
  complete: false,
  ...change,
});

function openBooked() {
  desk.set(
    'GET /api/bookings/b-1',
    200,
    booking({ state: 'booked', held_until: null, consultation_id: 'c-1' }),
  );
  return desk.open('/booking/b-1');
}

it('asks nothing again of what was said at booking', async () => {
  desk.set(
    'GET /api/consultations/c-1/diagnosis',
    200,
    known({ basis: 'earlier_visit', earlier_visits: 2, complete: true }),
  );
  openBooked();
  expect(
    await screen.findByText(/you were seen at this hospital before \(2 visits\)/),
  ).toBeVisible();
  expect(screen.queryByRole('button', { name: 'I have nothing to show' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Add a picture or a PDF' })).toBeVisible();
});

it('asks for the documents that were announced, and lets one say that there are none', async () => {
  desk.set('GET /api/consultations/c-1/diagnosis', 200, known({ basis: 'documents' }));
  desk.set('POST /api/consultations/c-1/diagnosis', 201, { seq: 1, recorded_at: '' });
  const { sent } = openBooked();
  expect(await screen.findByText(/You said that you have documents/)).toBeVisible();
  // Nobody is offered an earlier visit that there was not.
  expect(screen.queryByRole('button', { name: 'I was seen here before' })).toBeNull();
  desk.set('GET /api/consultations/c-1/diagnosis', 200, known({ basis: 'none', complete: true }));
  await userEvent.click(screen.getByRole('button', { name: 'I have nothing to show' }));
  expect(await screen.findByText('The doctor knows that you have nothing to show.')).toBeVisible();
  const said = sent('POST', '/api/consultations/c-1/diagnosis').map(({ body }) => body);
  expect(said).toMatchObject([{ basis: 'none' }]);
});

it('asks whom the waitlist keeps a time for what everyone is asked, then lets pay', async () => {
  const kept = booking({ answers_needed: true, diagnosis: null, fee_minor: 8000 });
  desk.set('GET /api/bookings/b-1', 200, kept);
  desk.set('POST /api/bookings/b-1/answers', 422, {
    code: 'input.invalid',
    fields: { diagnosis: 'invalid' },
  });
  const { sent } = desk.open('/booking/b-1');
  const go = await screen.findByRole('button', { name: 'None of these: go on' });
  await userEvent.click(go);
  expect(await screen.findByText('Please choose one of these.')).toBeVisible();
  await userEvent.click(screen.getByLabelText('Yes, at this hospital'));
  await userEvent.click(go);
  expect(await screen.findByText(/no earlier visit of this patient/)).toBeVisible();
  const done = { ...kept, answers_needed: false, diagnosis: 'none' };
  desk.set('POST /api/bookings/b-1/answers', 200, done).set('GET /api/bookings/b-1', 200, done);
  await userEvent.click(screen.getByLabelText(/nothing to show/));
  await userEvent.click(go);
  expect(await screen.findByText('Paying')).toBeVisible();
  expect(sent('POST', '/api/bookings/b-1/answers').map(({ body }) => body)).toEqual([
    { red_flags: '2026-11', diagnosis: 'earlier_visit' },
    { red_flags: '2026-11', diagnosis: 'none' },
  ]);
});

it('shows on the home page what is kept and not booked, with its ways on and out', async () => {
  desk.open('/home');
  expect(await screen.findByText('Kept for you, not booked yet')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Finish booking' })).toHaveAttribute(
    'href',
    '/booking/b-1',
  );
  expect(screen.getByRole('button', { name: 'Give this time up' })).toBeVisible();
});

it('shows nothing on the home page of a hold that is over', async () => {
  desk.set('GET /api/bookings', 200, { bookings: [ended()] });
  desk.open('/home');
  await waitFor(() => expect(screen.queryByRole('status')).toBeNull());
  expect(screen.queryByText('Kept for you, not booked yet')).toBeNull();
});

const requested = () =>
  booking({
    state: 'pending',
    held_until: null,
    needs_confirmation: true,
    fee_minor: 5000,
    answer_by: new Date(Date.now() + 3_600_000).toISOString(),
  });

it('says before booking that the hospital confirms the time', async () => {
  desk.set('GET /api/bookings/b-1', 200, booking({ needs_confirmation: true }));
  desk.open('/booking/b-1');
  expect(await screen.findByText(/confirms this time after you book/)).toBeVisible();
});

it('says that a visit is requested, and withdraws it after being asked once', async () => {
  desk.set('GET /api/bookings/b-1', 200, requested());
  desk.set('POST /api/bookings/b-1/release', 204);
  desk.open('/booking/b-1');
  expect(await screen.findByRole('heading', { name: 'Requested' })).toBeVisible();
  expect(screen.getByText(/You have an answer by/)).toBeVisible();
  expect(screen.queryByText('Your visit is booked')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Withdraw the request' }));
  desk.set('GET /api/bookings/b-1', 200, { ...requested(), state: 'cancelled', answer_by: null });
  expect(await screen.findByRole('dialog')).toHaveTextContent('All of your fee goes back');
  const [, confirm] = screen.getAllByRole('button', { name: 'Withdraw the request' });
  if (confirm) await userEvent.click(confirm);
  expect(await screen.findByText('This time was not booked')).toBeVisible();
});

it('is on the home page while it is requested', async () => {
  desk.set('GET /api/bookings', 200, { bookings: [requested()] });
  desk.open('/home');
  expect(await screen.findByTestId('requested-card')).toHaveTextContent(
    /Requested, not confirmed yet.*张文华/,
  );
  expect(screen.getByRole('link', { name: 'See how it stands' })).toHaveAttribute(
    'href',
    '/booking/b-1',
  );
});
