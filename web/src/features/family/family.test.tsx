import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { RequireRole } from '../../shared/session';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { isChild } from './family';
import { FamilyList } from './FamilyList';
import { ForWhom, useWhomIsWhole, type Whom } from './ForWhom';
import { FamilyProposals } from './FamilyProposals';
import { GuardianBar, GuardianStep } from './GuardianStep';

const child = {
  patient_id: 'p1',
  name: '李小宝',
  birth_date: '2020-05-01',
  gender: 'male',
  relationship: 'parent',
  state: 'active',
  is_child: true,
  ends_at: '2038-04-30T16:00:00Z',
  added_at: '2026-11-23T09:00:00Z',
  reason: null,
};
const adult = { ...child, patient_id: 'p2', name: '李建军', is_child: false, ends_at: null };

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/session': [401, { code: 'auth.required' }],
    'GET /api/family': [200, { members: [] }],
    'POST /api/family': [201, child],
    'DELETE /api/family/p1': [204],
    'GET /api/family-proposals': [200, { proposals: [{ ...adult, holder_name: '李晓兰' }] }],
    'POST /api/family-proposals/p2/approve': [204],
    'POST /api/consultations/c1/guardian-consent': [204],
  };
});

function open(path: string) {
  const fetchMock = stubApi(answers);
  renderApp(
    [
      {
        path: '/family',
        element: <FamilyList hospitalZone="Asia/Shanghai" below={({ name }) => `below ${name}`} />,
      },
      { path: '/proposals', element: <FamilyProposals /> },
      {
        path: '/visit',
        element: (
          <>
            <GuardianStep name="李小宝" />
            <GuardianBar consultationId="c1" onGiven={() => Promise.resolve()} />
          </>
        ),
      },
    ],
    path,
  );
  return (address: string) =>
    fetchMock.mock.calls
      .filter(([to, init]) => to === address && init?.method !== 'GET')
      .map(([, init]) =>
        init?.body === undefined ? null : (JSON.parse(init.body as string) as unknown),
      );
}

it('adds a child after saying every mistake at once', async () => {
  const posted = open('/family');
  await userEvent.click(await screen.findByRole('button', { name: 'Add a family member' }));
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  expect(screen.getByText('Enter the name.')).toBeVisible();
  expect(screen.getByText(/Choose a date of birth/)).toBeVisible();
  expect(screen.getAllByText(/Choose one/)).toHaveLength(2);
  expect(screen.getByLabelText(/^Name/)).toHaveFocus();
  await userEvent.type(screen.getByLabelText(/^Name/), '李小宝');
  await userEvent.type(screen.getByLabelText(/Date of birth/), '2020-05-01');
  expect(screen.queryByRole('option', { name: 'Spouse' })).toBeNull();
  await userEvent.selectOptions(screen.getByLabelText(/Sex/), 'male');
  await userEvent.selectOptions(screen.getByLabelText(/You are this person/), 'parent');
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  expect(screen.getByText(/has to be true/)).toBeVisible();
  expect(posted('/api/family')).toEqual([]);
  await userEvent.click(screen.getByLabelText(/parent or legal guardian\. I agree/));
  answers['GET /api/family'] = [200, { members: [child] }];
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  expect(await screen.findByText('李小宝 was added.')).toBeVisible();
  expect(await screen.findByText('below 李小宝')).toBeVisible();
  expect(posted('/api/family')).toEqual([
    {
      name: '李小宝',
      birth_date: '2020-05-01',
      gender: 'male',
      relationship: 'parent',
      declared: true,
    },
  ]);
});

it('removes a member after asking, and says why it cannot', async () => {
  answers['GET /api/family'] = [200, { members: [child] }];
  answers['DELETE /api/family/p1'] = [409, { code: 'family.has_visits' }];
  open('/family');
  await userEvent.click(await screen.findByRole('button', { name: 'Remove: 李小宝' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove' }));
  expect(await screen.findByText(/still has a visit/)).toBeVisible();
  answers['DELETE /api/family/p1'] = [204];
  answers['GET /api/family'] = [200, { members: [] }];
  await userEvent.click(screen.getByRole('button', { name: 'Remove' }));
  expect(await screen.findByText('李小宝 was removed.')).toBeInTheDocument();
  expect(await screen.findByText('Nobody here yet')).toBeVisible();
});

it('shows what waits and why something came back, with nothing below', async () => {
  answers['GET /api/family'] = [
    200,
    {
      members: [
        { ...adult, state: 'proposed' },
        { ...adult, patient_id: 'p3', state: 'returned', reason: 'No signature' },
      ],
    },
  ];
  open('/family');
  expect(await screen.findByText('Waiting for the hospital')).toBeVisible();
  expect(screen.getByText('Why: No signature')).toBeVisible();
  expect(screen.queryByText(/^below/)).toBeNull();
});

it('approves an adult only with what was seen', async () => {
  const posted = open('/proposals');
  await userEvent.click(await screen.findByRole('button', { name: 'Approve: 李建军' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Approve' }));
  expect(screen.getByText('Write this down first.')).toBeVisible();
  await userEvent.type(screen.getByLabelText(/What did you see/), 'Signed mandate');
  await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
  await waitFor(() =>
    expect(posted('/api/family-proposals/p2/approve')).toEqual([{ proof: 'Signed mandate' }]),
  );
});

it('takes the word of the guardian', async () => {
  const posted = open('/visit');
  expect(await screen.findByText("You take part as 李小宝's guardian")).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'I am here and agree' }));
  await waitFor(() => expect(posted('/api/consultations/c1/guardian-consent')).toHaveLength(1));
});

it('knows who is a child by the day', () => {
  expect(isChild('2008-11-24', '2026-11-23')).toBe(true);
  expect(isChild('2008-11-23', '2026-11-23')).toBe(false);
  expect(isChild('2008-02-29', '2026-02-28')).toBe(true);
  expect(isChild('2008-02-29', '2026-03-01')).toBe(false);
});

it('asks for whom, and for the word of a guardian', async () => {
  const account = {
    id: 'a1',
    display_name: 'Emily',
    role: 'patient',
    locale: 'en',
    login: 'emily',
  };
  answers['GET /api/session'] = [200, { account, csrf_token: 't', state: 'open' }];
  answers['GET /api/family'] = [200, { members: [child, { ...adult, state: 'proposed' }] }];
  stubApi(answers);
  renderApp(
    [
      {
        path: '/book',
        element: (
          <RequireRole role="patient">
            <Choosing />
          </RequireRole>
        ),
      },
    ],
    '/book',
  );
  expect(await screen.findByRole('radio', { name: 'Emily (you)' })).toBeChecked();
  expect(screen.getByText('whole')).toBeVisible();
  expect(screen.queryByText('李建军')).toBeNull();
  await userEvent.click(await screen.findByRole('radio', { name: '李小宝' }));
  expect(screen.getByText('missing')).toBeVisible();
  expect(screen.getByText(/seen only with a guardian/)).toBeVisible();
  await userEvent.click(screen.getByLabelText(/I am 李小宝's guardian/));
  expect(screen.getByText('whole')).toBeVisible();
});

function Choosing() {
  const [whom, setWhom] = useState<Whom>({ patient_id: null, guardian_consents: false });
  return (
    <>
      <ForWhom value={whom} onChange={setWhom} asked familyPath="/me/family" />
      {useWhomIsWhole(whom) ? 'whole' : 'missing'}
    </>
  );
}
