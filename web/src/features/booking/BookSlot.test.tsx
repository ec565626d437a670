import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { booking, slotAt, startsAt, TestDesk } from './testBooking';

vi.setConfig({ testTimeout: 20_000 });

let desk: TestDesk;

beforeEach(() => {
  chooseLanguage('en');
  window.sessionStorage.clear();
  desk = new TestDesk();
});

it('shows the days with free times, and the times of the chosen one by the own clock', async () => {
  desk.open('/times');
  const time = await screen.findByRole('link', { name: '12:00' });
  expect(time).toHaveAttribute('href', `/book/d-1?at=${startsAt}`);
  expect(screen.getByRole('link', { name: '09:00' })).toBeVisible();
  expect(screen.queryByRole('link', { name: '13:00' })).toBeNull();
  expect(screen.getByRole('button', { name: /2 free times/, pressed: true })).toBeVisible();
  // A day without any visiting hours is not said to be full.
  expect(screen.getAllByRole('button', { name: /nothing free/ })[0]).toBeDisabled();
  expect(screen.queryByRole('button', { name: /fully booked/ })).toBeNull();
  expect(screen.getByText(/All times by your clock/)).toHaveTextContent(/Kiritimati/);
});

it('says of a day whose times are all taken that it is fully booked', async () => {
  desk.set('GET /api/doctors/d-1/slots', 200, { slots: [slotAt(0), slotAt(24, 0)] });
  desk.open('/times');
  expect((await screen.findAllByRole('button', { name: /fully booked/ })).length).toBe(1);
});

it('says when a doctor has no time at all, and where others are', async () => {
  const [, doctor] = desk.answers['GET /api/doctors/d-1'] ?? [];
  desk.set('GET /api/doctors/d-1', 200, { ...(doctor as object), next_free: [] });
  desk.open('/times');
  expect(await screen.findByText(/no free time in the next 90 days/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'See other doctors' })).toBeVisible();
});

it('asks what has to be asked, then keeps the time and says which questions were asked', async () => {
  const { sent, router } = desk.open('/book');
  const keep = await screen.findByRole('button', { name: /None of these: keep 12:00/ });
  await userEvent.click(keep);
  expect(await screen.findByText('Please choose one of these.')).toBeVisible();
  expect(sent('POST', '/api/bookings')).toEqual([]);
  await userEvent.click(screen.getByLabelText('Yes, at this hospital'));
  await userEvent.click(keep);
  expect(await screen.findByRole('heading', { name: 'Your time is kept' })).toBeVisible();
  expect(router.state.location.pathname).toBe('/booking/b-1');
  const [only] = sent('POST', '/api/bookings');
  expect(only?.body).toEqual({
    practitioner_id: 'd-1',
    starts_at: startsAt,
    red_flags: '2026-11',
    diagnosis: 'earlier_visit',
    patient_id: null,
    guardian_consents: false,
  });
  expect(only?.key).toMatch(/^[0-9a-f-]{36}$/);
});

it('puts the emergency number before all else once something is ticked, and forbids nothing', async () => {
  desk.open('/book');
  await userEvent.click(await screen.findByLabelText(/Chest pain/));
  expect(screen.getByText('Sit down and keep still.')).toBeVisible();
  const call = screen.getByRole('link', { name: 'Call 120 now' });
  expect(call).toHaveAttribute('href', 'tel:120');
  // What is pinned in sight: the number, and not the buttons below it.
  const pinned = call.closest('[data-shown]');
  expect(pinned).not.toBeNull();
  expect(pinned).not.toHaveTextContent(/all the same/);
  expect(screen.getByRole('button', { name: /Keep 12:00.* all the same/ })).toBeVisible();
});

it('goes on to pay for what costs something', async () => {
  desk.charge(5000).set('POST /api/bookings', 201, booking({ fee_minor: 5000 }));
  desk.open('/book');
  await userEvent.click(await screen.findByLabelText(/I have documents/));
  await userEvent.click(screen.getByRole('button', { name: /keep 12:00/ }));
  expect(await screen.findByText('Paying')).toBeVisible();
});

it('offers other times when somebody else was quicker', async () => {
  const other = { practitioner_title: '主治医师', fee_minor: 3000, currency: 'CNY' };
  const { starts_at: later } = slotAt(2);
  desk.set('POST /api/bookings', 409, {
    code: 'booking.slot_taken',
    alternatives: [
      {
        ...other,
        practitioner_id: 'd-1',
        practitioner_name: '张文华',
        starts_at: later,
        ends_at: later,
      },
      {
        ...other,
        practitioner_id: 'd-2',
        practitioner_name: '陈思远',
        starts_at: later,
        ends_at: later,
      },
    ],
  });
  desk.open('/book');
  await userEvent.click(await screen.findByLabelText('Yes, at this hospital'));
  await userEvent.click(screen.getByRole('button', { name: /keep 12:00/ }));
  expect(await screen.findByRole('alert')).toHaveTextContent(/has just been taken/);
  const [own, colleague, all] = screen.getAllByRole('link').slice(1);
  expect(own).toHaveAttribute('href', `/book/d-1?at=${later}`);
  expect(colleague).toHaveAttribute('href', `/book/d-2?at=${later}`);
  expect(colleague).toHaveTextContent('陈思远');
  expect(all).toHaveAttribute('href', '/doctors/d-1');
});

it('books a follow-up that costs nothing with one press', async () => {
  desk
    .set('POST /api/bookings/b-1/confirm', 200, booking({ state: 'booked', held_until: null }))
    .set('GET /api/bookings/b-1', 200, booking({ state: 'booked', held_until: null }));
  desk.open('/follow-up');
  await userEvent.click(await screen.findByRole('button', { name: /None of these: book 12:00/ }));
  expect(await screen.findByRole('heading', { name: 'Your visit is booked' })).toBeVisible();
});

it('says at once that there is no earlier visit, and asks for another answer', async () => {
  desk.set('POST /api/bookings', 422, {
    code: 'input.invalid',
    fields: { diagnosis: 'invalid' },
  });
  desk.open('/book');
  await userEvent.click(await screen.findByLabelText('Yes, at this hospital'));
  await userEvent.click(screen.getByRole('button', { name: /keep 12:00/ }));
  expect(await screen.findByText(/no earlier visit of this patient/)).toBeVisible();
  desk.set('POST /api/bookings', 201, booking());
  await userEvent.click(screen.getByLabelText(/nothing to show/));
  await userEvent.click(screen.getByRole('button', { name: /keep 12:00/ }));
  expect(await screen.findByRole('heading', { name: 'Your time is kept' })).toBeVisible();
});

it('asks again when the questions have changed meanwhile', async () => {
  desk.set('POST /api/bookings', 422, {
    code: 'input.invalid',
    fields: { red_flags: 'not_a_choice' },
  });
  desk.open('/follow-up');
  await userEvent.click(await screen.findByRole('button', { name: /None of these/ }));
  expect(await screen.findByText(/questions have changed/)).toBeVisible();
});

it('offers times about the day on which a follow-up is due', async () => {
  desk.open('/choices');
  const list = await screen.findByRole('list', { name: 'Choose a time' });
  expect(list.children).toHaveLength(2);
});
