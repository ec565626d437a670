import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { DoctorDetail } from './DoctorDetail';
import { OwnProfile } from './OwnProfile';
import { ProfileTodo } from './ProfileTodo';

const profile = {
  practitioner_id: 'p1',
  name: '何新',
  state: 'submitted',
  title: '医师',
  specialty: 'dermatology',
  licence_number: '110',
  fee_minor: 6000,
  currency: 'CNY',
  languages: ['zh'],
  practising_since: 2010,
  biography_zh: null,
  biography_en: null,
  consent_on_file: true,
  reason: null,
  submitted_at: '2026-11-23T01:00:00Z',
  decided_at: null,
  missing: {},
};

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/session': [401, { code: 'auth.required' }],
    'GET /api/specialties': [
      200,
      {
        specialties: [{ code: 'dermatology', words: { 'zh-CN': '皮肤科', en: 'Dermatology' } }],
        languages: ['zh', 'en'],
      },
    ],
    'GET /api/doctor-profiles/p1': [200, profile],
    'GET /api/profile': [200, profile],
  };
});

function open(view = <DoctorDetail doctorId="p1" back="/admin/doctors" children={null} />) {
  const fetchMock = stubApi(answers);
  renderApp([{ path: '/', element: view }], '/');
  return {
    read: () => fetchMock.mock.calls.map(([address]) => address as string),
    sent: () =>
      fetchMock.mock.calls.flatMap(([address, init]) =>
        init?.method === 'POST'
          ? [[address as string, init.body && (JSON.parse(init.body as string) as unknown)]]
          : [],
      ),
  };
}

it('approves after asking, and says so', async () => {
  answers['POST /api/doctor-profiles/p1/approve'] = [200, { ...profile, state: 'approved' }];
  const { sent } = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Approve' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(sent()).toEqual([]);
  await userEvent.click(dialog.getByRole('button', { name: 'Approve' }));
  expect(await screen.findByText('何新 is approved.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Suspend' })).toBeVisible();
});

it('names everything that is missing, and does not offer to approve', async () => {
  answers['GET /api/doctor-profiles/p1'] = [
    200,
    { ...profile, missing: { consent_on_file: 'missing', practising_since: 'too_short' } },
  ];
  open();
  expect(
    await screen.findByText(
      "Still missing for approval: three full years of practice and the institution's consent.",
    ),
  ).toBeVisible();
  expect(screen.getByRole('button', { name: 'Approve' })).toBeDisabled();
});

it.each([
  [{ state: 'draft', missing: { fee_minor: 'missing' } }, /何新 opens “My profile”.*“Hand in”/],
  [{ state: 'draft', missing: { consent_on_file: 'missing' } }, /presses “Hand in”. Then you/],
  [{ state: 'draft', missing: {} }, /presses “Hand in”. Then you approve it here/],
  [{ state: 'submitted', missing: {} }, /Next is you: approve/],
  [{ state: 'submitted', missing: { fee_minor: 'missing' } }, /Next is you: fill in below/],
  [{ state: 'returned', missing: {} }, /corrects the profile and hands it in again/],
])('says whose turn it is, and at what: %#', async (change, words) => {
  answers['GET /api/doctor-profiles/p1'] = [200, { ...profile, ...change }];
  open();
  expect(await screen.findByText(words)).toBeVisible();
});

it.each([
  ['draft', 'Patients cannot find you yet'],
  ['returned', 'Your profile came back'],
  ['submitted', 'Your profile waits for the hospital'],
  ['suspended', 'You are suspended'],
])('says on the doctor’s first page what a profile that is %s asks for', async (state, words) => {
  answers['GET /api/profile'] = [200, { ...profile, state }];
  open(<ProfileTodo to="?profile" />);
  expect(await screen.findByRole('region', { name: words })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Open my profile' })).toHaveAttribute(
    'href',
    '/?profile',
  );
});

it('asks nothing of a doctor who is approved', async () => {
  answers['GET /api/profile'] = [200, { ...profile, state: 'approved' }];
  const { read } = open(<ProfileTodo to="?profile" />);
  await waitFor(() => expect(read()).toContain('/api/profile'));
  expect(screen.queryByRole('region')).toBeNull();
});

it('returns with a reason and not without', async () => {
  answers['POST /api/doctor-profiles/p1/return'] = [
    200,
    { ...profile, state: 'returned', reason: 'Check the number' },
  ];
  const { sent } = open();
  await userEvent.click(await screen.findByRole('button', { name: 'Return' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: 'Return' }));
  expect(dialog.getByText('Say why.')).toBeVisible();
  await userEvent.type(dialog.getByLabelText('Why'), 'Check the number');
  await userEvent.click(dialog.getByRole('button', { name: 'Return' }));
  expect(await screen.findByText('Reason given: Check the number')).toBeVisible();
  expect(sent()).toEqual([['/api/doctor-profiles/p1/return', { reason: 'Check the number' }]]);
});

it('shows what the server refuses beside the fields', async () => {
  answers['POST /api/doctor-profiles/p1'] = [
    422,
    { code: 'input.invalid', fields: { title: 'missing', fee_minor: 'too_large' } },
  ];
  open();
  await userEvent.click(await screen.findByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Fill this in.')).toBeVisible();
  expect(screen.getByText('This is too large.')).toBeVisible();
});

it('lets an approved doctor change languages and words alone', async () => {
  answers['GET /api/profile'] = [200, { ...profile, state: 'approved' }];
  open(<OwnProfile />);
  expect(await screen.findByLabelText('Licence number')).toBeDisabled();
  expect(screen.getByLabelText(/About the doctor, in English/)).toBeEnabled();
  expect(screen.queryByRole('button', { name: 'Hand in' })).toBeNull();
});

it('is handed in by the doctor once nothing but the consent is missing', async () => {
  const draft = { ...profile, state: 'draft', missing: { consent_on_file: 'missing' } };
  answers['GET /api/profile'] = [200, draft];
  answers['POST /api/profile/submit'] = [200, profile];
  open(<OwnProfile />);
  await userEvent.click(await screen.findByRole('button', { name: 'Hand in' }));
  expect(await screen.findByText('Handed in. The hospital decides next.')).toBeVisible();
  expect(screen.getByLabelText('Title')).toBeDisabled();
});
