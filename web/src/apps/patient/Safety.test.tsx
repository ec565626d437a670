import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { consultationId } from '../../shared/live/testing';
import { safe, safetyPath, stubDevice, TestHospital, visitIn } from './testVisit';

const locationPath = `/api/consultations/${consultationId}/location`;

beforeEach(() => {
  chooseLanguage('en');
  stubDevice();
});

function hospitalAsking(change: Partial<typeof safe> = {}) {
  const hospital = new TestHospital(visitIn(5));
  const asked = { ...safe, answered_at: null, flags: null, located_at: null, ...change };
  hospital.answers[`GET ${safetyPath}`] = [200, asked];
  hospital.answers[`POST ${safetyPath}`] = [201, { seq: 1, recorded_at: '2026-11-23T09:00:00Z' }];
  hospital.answers[`POST ${locationPath}`] = [201, { seq: 2, recorded_at: '2026-11-23T09:00:00Z' }];
  return { hospital, asked };
}

const title = (name: string) => screen.findByRole('heading', { level: 1, name });

it('asks about emergencies, then where one is, then goes to the ready check', async () => {
  const { hospital, asked } = hospitalAsking();
  hospital.open('/visit/v1');
  await title('Is any of this happening now?');
  expect(screen.queryByRole('link', { name: /Call/ })).not.toBeInTheDocument();
  hospital.answers[`GET ${safetyPath}`] = [
    200,
    { ...asked, answered_at: safe.answered_at, flags: [] },
  ];
  await userEvent.click(screen.getByRole('button', { name: 'None of these' }));

  await title('Where are you right now?');
  expect(screen.getByLabelText(/City/)).toHaveValue('杭州市');
  hospital.answers[`GET ${safetyPath}`] = [200, safe];
  await userEvent.click(screen.getByRole('button', { name: 'This is right' }));
  await title('Get ready');
});

it('is answered by keyboard: Enter in the list sends', async () => {
  const { hospital, asked } = hospitalAsking();
  hospital.open('/visit/v1');
  await title('Is any of this happening now?');
  hospital.answers[`GET ${safetyPath}`] = [
    200,
    { ...asked, answered_at: safe.answered_at, flags: [] },
  ];
  screen.getByRole('checkbox', { name: /Chest pain/ }).focus();
  await userEvent.keyboard('{Enter}');
  await title('Where are you right now?');
});

it('shows the emergency number at the first tick, before anything is sent', async () => {
  const { hospital, asked } = hospitalAsking();
  hospital.open('/visit/v1');
  await userEvent.click(await screen.findByRole('checkbox', { name: /Chest pain/ }));
  expect(screen.getByRole('link', { name: 'Call 120 now' })).toHaveAttribute('href', 'tel:120');
  expect(screen.getByText('Sit down and keep still.')).toBeVisible();
  expect(screen.getByRole('alert')).toHaveTextContent('Call 120 first');

  hospital.answers[`GET ${safetyPath}`] = [
    200,
    { ...asked, answered_at: safe.answered_at, flags: ['chest_pain'] },
  ];
  await userEvent.click(screen.getByRole('button', { name: 'Tell the doctor and go on' }));
  await title('Where are you right now?');
  expect(screen.getByRole('link', { name: /You told the doctor: chest pain/ })).toHaveAttribute(
    'href',
    'tel:120',
  );
});

it('names every wrong field of the location at once', async () => {
  const { hospital } = hospitalAsking({ answered_at: safe.answered_at, flags: [] });
  hospital.answers[`POST ${locationPath}`] = [
    422,
    { code: 'input.invalid', fields: { city: 'missing', phone: 'bad_format' } },
  ];
  hospital.open('/visit/v1');
  await userEvent.click(await screen.findByRole('button', { name: 'This is right' }));
  await waitFor(() => expect(screen.getByLabelText(/City/)).toBeInvalid());
  expect(screen.getByLabelText(/Number to call/)).toBeInvalid();
  // The first of them is gone to, and nothing is laid over it.
  expect(screen.getByLabelText(/City/)).toHaveFocus();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.queryByText('input.invalid')).toBeNull();
});

it('begins with the hospital’s country, and promises no help from it in another one', async () => {
  const { hospital } = hospitalAsking({
    answered_at: safe.answered_at,
    flags: ['chest_pain'],
    location: null,
  });
  hospital.answers['GET /api/hospital'] = [
    200,
    { name: 'Mingde', demo: false, emergency_number: '120', time_zone: 'Asia/Shanghai' },
  ];
  hospital.open('/visit/v1');
  const country = await screen.findByLabelText('Country or region');
  expect(country).toHaveValue('CN');
  expect(within(country).getAllByRole('option')[0]).toHaveValue('CN');
  expect(screen.queryByText(/does not reach help there/)).toBeNull();
  await userEvent.selectOptions(country, 'US');
  expect(screen.getByText(/^120 does not reach help there/)).toBeVisible();
});

it('sends who is abroad to the local emergency number', async () => {
  const abroad = { ...safe.location, country: 'US' } as NonNullable<typeof safe.location>;
  const { hospital } = hospitalAsking({ ...safe, flags: ['chest_pain'], location: abroad });
  hospital.open('/visit/v1');
  await title('Get ready');
  expect(screen.getByText(/Call your local emergency number now/)).toBeVisible();
  expect(screen.queryByRole('link', { name: /Call 120/ })).toBeNull();
});

it('speaks of the local number on every page of who is abroad', async () => {
  const abroad = { ...safe.location, country: 'US' } as NonNullable<typeof safe.location>;
  const { hospital } = hospitalAsking({ ...safe, location: abroad });
  hospital.answers['GET /api/appointments/v1'] = [
    200,
    visitIn(-5, { consultation_state: 'arrived' }),
  ];
  hospital.open('/visit/v1');
  expect(await screen.findByText(/wait here: call your local emergency number/)).toBeVisible();
  await userEvent.click(await screen.findByRole('button', { name: 'I feel worse' }));
  const dialog = await screen.findByRole('dialog', { name: 'How is it now?' });
  await userEvent.click(within(dialog).getByRole('checkbox', { name: /Chest pain/ }));
  expect(within(dialog).getByText(/Call your local emergency number first/)).toBeVisible();
  expect(screen.queryAllByRole('link', { name: /120/ })).toEqual([]);
});

it('speaks of the local number after the visit, too', async () => {
  const abroad = { ...safe.location, country: 'US' } as NonNullable<typeof safe.location>;
  const { hospital } = hospitalAsking({ ...safe, location: abroad });
  hospital.answers['GET /api/appointments/v1'] = [
    200,
    visitIn(-60, { consultation_state: 'finished', state: 'fulfilled' }),
  ];
  hospital.answers['GET /api/follow-ups'] = [200, { follow_ups: [] }];
  hospital.state = 'finished';
  hospital.open('/visit/v1');
  expect(await screen.findByText(/much worse.*call your local emergency number/)).toBeVisible();
});

it('says what is safe when the questions cannot be read, and reads them again', async () => {
  const { hospital } = hospitalAsking();
  const good = hospital.answers[`GET ${safetyPath}`];
  hospital.answers[`GET ${safetyPath}`] = [500, { code: 'internal', log_id: 'r-1' }];
  hospital.open('/visit/v1');
  expect(await screen.findByRole('alert')).toHaveTextContent('call 120');
  if (good) hospital.answers[`GET ${safetyPath}`] = good;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await title('Is any of this happening now?');
});

it('asks nothing of who joins a call that has begun', async () => {
  const { hospital } = hospitalAsking();
  hospital.answers['GET /api/appointments/v1'] = [
    200,
    visitIn(-5, { consultation_state: 'in-progress' }),
  ];
  hospital.open('/visit/v1');
  expect(await screen.findByRole('button', { name: /Join/ })).toBeVisible();
  expect(screen.queryByText('Is any of this happening now?')).not.toBeInTheDocument();
});

it('can be answered again while waiting', async () => {
  const { hospital } = hospitalAsking(safe);
  hospital.answers['GET /api/appointments/v1'] = [
    200,
    visitIn(-5, { consultation_state: 'arrived' }),
  ];
  hospital.open('/visit/v1');
  await userEvent.click(await screen.findByRole('button', { name: 'I feel worse' }));
  const dialog = await screen.findByRole('dialog', { name: 'How is it now?' });
  await userEvent.click(within(dialog).getByRole('checkbox', { name: /Face drooping/ }));
  hospital.answers[`GET ${safetyPath}`] = [200, { ...safe, flags: ['stroke'] }];
  await userEvent.click(within(dialog).getByRole('button', { name: 'Tell the doctor now' }));
  expect(await screen.findByText('The doctor has been told.')).toBeVisible();
  expect(await screen.findByRole('link', { name: /stroke signs/ })).toBeVisible();
});
