import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { rememberCall } from './callMemory';
import { said, stubDevice, TestHospital, visitIn, wait } from './testVisit';

const step = () => screen.getByTestId('visit-page').dataset.step;
const stepIs = (name: string) => waitFor(() => expect(step()).toBe(name));
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));
const heading = () => screen.getByRole('heading', { level: 1 });

let device: ReturnType<typeof stubDevice>;

beforeEach(() => {
  chooseLanguage('en');
  window.sessionStorage.clear();
  device = stubDevice();
});

it('goes from the ready check into the waiting room, and says the place', async () => {
  const hospital = new TestHospital(visitIn(5));
  hospital.waiting = wait(2, 10, 20);
  hospital.open('/visit/v1');
  await press('Enter the waiting room');
  await stepIs('waiting');
  expect(await screen.findByRole('heading', { name: '2 before you' })).toBeVisible();
  expect(screen.getAllByText('About 10–20 minutes').length).toBeGreaterThan(0);
  expect(screen.getByText('Not in the consulting room yet')).toBeVisible();
  await waitFor(() => expect(heading()).toHaveFocus());
  await waitFor(() => expect(document.title).toContain('2 before you'));

  hospital.waiting = wait(0);
  act(() => hospital.socket.push('waiting.changed', {}));
  const next = await screen.findByRole('heading', { name: 'You are next' });
  expect(next.closest('[role=status]')).not.toBeNull();
});

it('enters with camera and microphone denied', async () => {
  const hospital = new TestHospital(visitIn(5));
  hospital.open('/visit/v1');
  await waitFor(() => expect(screen.getAllByText('Not allowed')).toHaveLength(2));
  await press('Enter the waiting room');
  await stepIs('waiting');
});

it('opens the call by itself when the doctor admits', async () => {
  const hospital = new TestHospital(visitIn(5));
  hospital.open('/visit/v1');
  await press('Enter the waiting room');
  await stepIs('waiting');
  act(() => hospital.move('in-progress'));
  await stepIs('call');
  expect(heading()).toHaveTextContent('In the call with 张文华');
  await waitFor(() => expect(heading()).toHaveFocus());
  await waitFor(() => expect(document.title).toContain('The doctor is here'));
  expect(device.vibrate).toHaveBeenCalledOnce();
});

it('comes back to its place after a reload without being asked', async () => {
  const hospital = new TestHospital(visitIn(5, { consultation_state: 'arrived' }));
  hospital.open('/visit/v1');
  await stepIs('waiting');
  expect(await screen.findByRole('heading', { name: 'You are next' })).toBeVisible();
  expect(hospital.socket.bodies('room.join')).toHaveLength(1);
});

it('comes back into the call after a reload of the same tab', async () => {
  const visit = visitIn(-5, { consultation_state: 'in-progress' });
  rememberCall(visit.consultation_id);
  const hospital = new TestHospital(visit);
  hospital.state = 'in-progress';
  hospital.open('/visit/v1');
  await stepIs('call');
  await waitFor(() => expect(hospital.socket.bodies('room.join')).toHaveLength(1));
});

it('asks who comes to a visit in progress from elsewhere, once', async () => {
  const hospital = new TestHospital(visitIn(-5, { consultation_state: 'in-progress' }));
  hospital.state = 'in-progress';
  hospital.open('/visit/v1');
  expect(
    await screen.findByRole('heading', { name: 'The doctor is waiting for you' }),
  ).toBeVisible();
  expect(hospital.socket.bodies('room.join')).toEqual([]);
  await press('Join the call');
  await stepIs('call');
});

it('says when it opens, counts down, and goes on by itself', async () => {
  const opensInS = 2;
  const hospital = new TestHospital(visitIn(60 + opensInS / 60));
  hospital.open('/visit/v1');
  expect(
    await screen.findByRole('heading', { name: /^The waiting room opens today at/ }),
  ).toBeVisible();
  expect(screen.getByRole('timer')).toHaveTextContent('In less than a minute');
  expect(screen.queryByRole('button', { name: 'Enter the waiting room' })).toBeNull();
  await stepIs('ready');
  expect(screen.getByRole('button', { name: 'Enter the waiting room' })).toBeVisible();
});

it('believes the server when the clocks differ', async () => {
  const hospital = new TestHospital(visitIn(59));
  hospital.refusal = 'consultation.too_early';
  hospital.open('/visit/v1');
  await press('Enter the waiting room');
  await stepIs('early');
  hospital.refusal = undefined;
  await press('Try to enter now');
  await stepIs('waiting');
});

it('gives up the place only after asking', async () => {
  const hospital = new TestHospital(visitIn(5, { consultation_state: 'arrived' }));
  hospital.open('/visit/v1');
  await press('Leave the waiting room');
  expect(screen.getByRole('dialog', { name: 'Leave the waiting room?' })).toHaveTextContent(
    'You give up your place.',
  );
  expect(hospital.socket.bodies('room.leave')).toEqual([]);
  hospital.answers['GET /api/appointments/v1'] = [200, visitIn(5)];
  await press('Leave and give up my place');
  await stepIs('ready');
  expect(hospital.socket.bodies('room.leave')).toHaveLength(1);
  expect(screen.getByRole('button', { name: 'Enter the waiting room' })).toBeVisible();
});

it('says that the place is kept while the connection is lost', async () => {
  const hospital = new TestHospital(visitIn(5, { consultation_state: 'arrived' }));
  hospital.open('/visit/v1');
  await screen.findByRole('heading', { name: 'You are next' });
  act(() => hospital.socket.cut());
  expect(screen.getByText(/finding it again. Your place is kept./)).toBeVisible();
  expect(step()).toBe('waiting');
});

it('shows what the doctor wrote meanwhile', async () => {
  const hospital = new TestHospital(visitIn(5, { consultation_state: 'arrived' }));
  hospital.open('/visit/v1');
  await screen.findByRole('heading', { name: 'You are next' });
  act(() => hospital.say(said(1, 'A moment, please.')));
  await press('Write to the doctor1 new');
  expect(screen.getByRole('dialog', { name: 'Chat' })).toHaveTextContent('A moment, please.');
});

it('leaves the call and joins again', async () => {
  const hospital = new TestHospital(visitIn(-5, { consultation_state: 'in-progress' }));
  hospital.state = 'in-progress';
  hospital.open('/visit/v1');
  await press('Join the call');
  await stepIs('call');
  await press('Leave');
  await stepIs('left');
  expect(screen.getByText(/camera and microphone are off/)).toBeVisible();
  await press('Join again');
  await stepIs('call');
});

it('takes the visit back from another page', async () => {
  const hospital = new TestHospital(visitIn(5, { consultation_state: 'arrived' }));
  hospital.open('/visit/v1');
  await screen.findByRole('heading', { name: 'You are next' });
  act(() => hospital.supersede());
  await stepIs('superseded');
  await press('Use this page instead');
  await stepIs('waiting');
});

it('goes on to afterwards when the doctor ends the visit', async () => {
  const hospital = new TestHospital(visitIn(-5, { consultation_state: 'in-progress' }));
  hospital.state = 'in-progress';
  hospital.entries = [said(1, 'Keep taking the tablets.')];
  hospital.open('/visit/v1');
  await press('Join the call');
  await stepIs('call');
  act(() => hospital.move('finished'));
  await stepIs('afterwards');
  expect(heading()).toHaveTextContent('Your visit has ended');
  await waitFor(() => expect(heading()).toHaveFocus());
  expect(screen.getByText(/sends a mail to li@example\.org/)).toBeVisible();
  expect(screen.getByText('Keep taking the tablets.')).toBeVisible();
});

it('reads a finished visit again without opening a device', async () => {
  const hospital = new TestHospital(visitIn(-60, { consultation_state: 'finished' }));
  hospital.state = 'finished';
  hospital.entries = [said(1, 'Keep taking the tablets.')];
  hospital.open('/visit/v1');
  expect(await screen.findByText('Keep taking the tablets.')).toBeVisible();
  expect(step()).toBe('afterwards');
  expect(device.getUserMedia).not.toHaveBeenCalled();
});

it.each([
  ['missing', 404, 'not_found', 'This visit is not here'],
  ['forbidden', 403, 'auth.forbidden', 'This visit belongs to another account'],
] as const)('says that a visit is %s', async (name, status, code, title) => {
  const hospital = new TestHospital(visitIn(5));
  hospital.answers['GET /api/appointments/v1'] = [status, { code, log_id: 'r-1' }];
  hospital.open('/visit/v1');
  await stepIs(name);
  expect(heading()).toHaveTextContent(title);
  expect(screen.getByText(`Code for support: ${code} · r-1`)).toBeVisible();
});

it('says that a visit was cancelled', async () => {
  new TestHospital(visitIn(5, { consultation_state: 'cancelled', state: 'cancelled' })).open(
    '/visit/v1',
  );
  await stepIs('cancelled');
  expect(screen.getByText(/does not take place/)).toBeVisible();
  // Another one is booked here, not by telephone.
  expect(await screen.findByRole('link', { name: 'Book another time' })).toHaveAttribute(
    'href',
    '/doctors/d1',
  );
});

it('offers other times where the hospital called the visit off', async () => {
  const hospital = new TestHospital(
    visitIn(5, { consultation_state: 'cancelled', state: 'cancelled' }),
  );
  const offer = {
    ...visitIn(5),
    id: 'o1',
    appointment_id: 'v1',
    why: 'doctor-leave',
    fee_minor: null,
    currency: null,
    alternatives: [],
  };
  hospital.answers['GET /api/rebooking-offers'] = [200, { offers: [offer] }];
  hospital.open('/visit/v1');
  await stepIs('cancelled');
  expect(await screen.findByText(/The doctor is on leave then/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'More times of this doctor' })).toHaveAttribute(
    'href',
    '/offers/o1',
  );
  expect(screen.queryByRole('link', { name: 'Book another time' })).toBeNull();
});

it('asks to reload a page that the server does not understand any more', async () => {
  const hospital = new TestHospital(visitIn(5));
  hospital.open('/visit/v1');
  await stepIs('ready');
  act(() => hospital.socket.connection.set({ status: 'refused', code: 'event.unknown' }));
  await stepIs('refused');
  expect(screen.getByRole('button', { name: 'Reload this page' })).toBeVisible();
});

it('says why the room refuses, and tries again', async () => {
  const hospital = new TestHospital(visitIn(5));
  hospital.refusal = 'consultation.wrong_state';
  hospital.open('/visit/v1');
  await press('Enter the waiting room');
  await stepIs('refused');
  expect(heading()).toHaveTextContent('The visit has moved on');
  hospital.refusal = undefined;
  await press('Try again');
  await stepIs('waiting');
});
