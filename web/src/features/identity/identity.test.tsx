import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { IdentityCard } from './IdentityCard';
import { IdentityQueue } from './IdentityQueue';

const check = {
  id: 'c1',
  state: 'waiting',
  kind: 'resident-id',
  masked: '**************002X',
  submitted_at: '2026-11-23T09:00:00Z',
  decided_at: null,
  reason: null,
};
const details = { name: '李晓兰', birth_date: '1988-05-17' };
const toDecide = {
  id: 'c1',
  patient_id: 'p1',
  patient_name: '李晓兰',
  birth_date: '1988-05-17',
  kind: 'resident-id',
  number: '11010519491231002X',
  submitted_at: '2026-11-23T09:00:00Z',
  number_birth_date: '1949-12-31',
  opinion: null,
  compared: false,
};
const opinion = {
  register_name: 'tencent',
  opinion: 'agrees',
  reference: '94b54cdf',
  given_at: '2026-11-23T09:00:02Z',
};

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/session': [401, { code: 'auth.required' }],
    'GET /api/identity': [
      200,
      {
        ...details,
        required: true,
        compared_by: null,
        compared_kinds: [],
        correctable: true,
        check: null,
      },
    ],
    'POST /api/identity': [201, check],
    'POST /api/own-details': [204],
    'GET /api/identity-checks': [200, { checks: [toDecide] }],
    'GET /api/patient-links': [200, { his_connected: false, patients: [] }],
    'POST /api/identity-checks/c1/approve': [204],
    'POST /api/identity-checks/c1/return': [204],
  };
});

function open(path: string) {
  const fetchMock = stubApi(answers);
  renderApp(
    [
      { path: '/me', element: <IdentityCard /> },
      { path: '/child', element: <IdentityCard patientId="p7" /> },
      { path: '/queue', element: <IdentityQueue /> },
    ],
    path,
  );
  return (address: string) =>
    fetchMock.mock.calls
      .filter(([to, init]) => to === address && init?.method === 'POST')
      .map(([, init]) =>
        init?.body === undefined ? null : (JSON.parse(init.body as string) as unknown),
      );
}

it('takes a document and shows only the end of its number', async () => {
  const posted = open('/me');
  expect(await screen.findByText('Not verified yet')).toBeVisible();
  expect(screen.getByText(/before you can enter the waiting room/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Submit' }));
  expect(screen.getByText('Enter the number.')).toBeVisible();
  await userEvent.type(screen.getByLabelText(/Number of the document/), '11010519491231002X');
  answers['GET /api/identity'] = [
    200,
    {
      ...details,
      required: true,
      compared_by: null,
      compared_kinds: [],
      correctable: check.state === 'returned',
      check,
    },
  ];
  await userEvent.click(screen.getByRole('button', { name: 'Submit' }));
  expect(await screen.findByText('Being checked')).toBeVisible();
  expect(posted('/api/identity')).toEqual([{ kind: 'resident-id', number: '11010519491231002X' }]);
  expect(screen.getByText('**************002X')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Submit' })).toBeNull();
});

it('says a wrong number beside its field', async () => {
  answers['POST /api/identity'] = [
    422,
    { code: 'input.invalid', fields: { number: 'bad_format' } },
  ];
  open('/me');
  await userEvent.type(await screen.findByLabelText(/Number of the document/), '123456');
  await userEvent.click(screen.getByRole('button', { name: 'Submit' }));
  expect(await screen.findByText(/Check the number/)).toBeVisible();
});

it('says why a document came back and takes another', async () => {
  answers['GET /api/identity'] = [
    200,
    {
      required: false,
      compared_by: null,
      compared_kinds: [],
      correctable: true,
      check: { ...check, state: 'returned', reason: 'The name differs' },
    },
  ];
  open('/me');
  expect(await screen.findByText('Why: The name differs')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Submit' })).toBeVisible();
});

it('shows the whole number to who compares, and approves', async () => {
  const posted = open('/queue');
  expect(await screen.findByText('11010519491231002X')).toBeVisible();
  answers['GET /api/identity-checks'] = [200, { checks: [] }];
  await userEvent.click(screen.getByRole('button', { name: 'Approve: 李晓兰' }));
  expect(await screen.findByText('The name of 李晓兰 is verified.')).toBeVisible();
  expect(posted('/api/identity-checks/c1/approve')).toHaveLength(1);
  expect(await screen.findByText('No document waits.')).toBeVisible();
});

it('returns a document only with a reason', async () => {
  const posted = open('/queue');
  await userEvent.click(await screen.findByRole('button', { name: 'Return: 李晓兰' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Return' }));
  expect(screen.getByText('Give a reason.')).toBeVisible();
  await userEvent.type(screen.getByLabelText(/Reason/), 'The name differs');
  await userEvent.click(screen.getByRole('button', { name: 'Return' }));
  await waitFor(() =>
    expect(posted('/api/identity-checks/c1/return')).toEqual([{ reason: 'The name differs' }]),
  );
  expect(await screen.findByText('The document of 李晓兰 was returned.')).toBeVisible();
});

it.each([
  [opinion, 'The register agrees'],
  [{ ...opinion, opinion: 'differs' }, 'The register has another name'],
  [{ ...opinion, opinion: 'unknown' }, 'The register does not hold it'],
  [{ ...opinion, opinion: 'unavailable', reference: null }, 'The register did not answer'],
  [null, 'The register has not answered yet'],
])(
  'shows what a name register says beside the document, and lets the staff decide',
  async (given, words) => {
    answers['GET /api/identity-checks'] = [
      200,
      { checks: [{ ...toDecide, compared: true, opinion: given }] },
    ];
    open('/queue');
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.queryAllByText('Reference 94b54cdf')).toHaveLength(given?.reference ? 1 : 0);
    expect(screen.getByRole('button', { name: 'Approve: 李晓兰' })).toBeEnabled();
  },
);

it('says nothing of a register where none is asked', async () => {
  open('/queue');
  expect(await screen.findByText('11010519491231002X')).toBeVisible();
  expect(screen.queryByText(/register/)).toBeNull();
});

it('tells the patient who gets a document before it is submitted, by its kind', async () => {
  answers['GET /api/identity'] = [
    200,
    {
      ...details,
      required: false,
      compared_by: 'tencent',
      compared_kinds: ['resident-id'],
      correctable: true,
      check: null,
    },
  ];
  open('/me');
  expect(await screen.findByText(/go to Tencent Cloud, a company outside/)).toBeVisible();
  await userEvent.selectOptions(screen.getByLabelText('Document'), 'passport');
  expect(screen.queryByText(/Tencent/)).toBeNull();
});

it('lets nobody correct what a doctor has relied on', async () => {
  answers['GET /api/identity'] = [
    200,
    {
      ...details,
      required: false,
      compared_by: null,
      compared_kinds: [],
      correctable: false,
      check: null,
    },
  ];
  open('/me');
  expect(await screen.findByRole('button', { name: 'Submit' })).toBeVisible();
  expect(screen.queryByRole('button', { name: /Correct/ })).toBeNull();
});

it('corrects a family member', async () => {
  answers['POST /api/own-details'] = [
    422,
    { code: 'input.invalid', fields: { birth_date: 'invalid' } },
  ];
  const posted = open('/child');
  await userEvent.click(
    await screen.findByRole('button', { name: 'Correct name or date of birth' }),
  );
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(/other rules decide/)).toBeVisible();
  answers['POST /api/own-details'] = [204];
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Saved.')).toBeVisible();
  const sent = { name: '李晓兰', birth_date: '1988-05-17', patient_id: 'p7' };
  expect(posted('/api/own-details')).toEqual([sent, sent]);
});

it('marks a number that says another date of birth, for the staff', async () => {
  open('/queue');
  expect(await screen.findByText('The number says 1949-12-31')).toBeVisible();
});

it('marks nothing where the number says the same, or nothing', async () => {
  const same = { ...toDecide, number_birth_date: '1988-05-17' };
  const none = { ...toDecide, id: 'c3', kind: 'passport', number_birth_date: null };
  answers['GET /api/identity-checks'] = [200, { checks: [same, none] }];
  open('/queue');
  expect(await screen.findAllByText('1988-05-17')).toHaveLength(2);
  expect(screen.queryByText(/The number says/)).toBeNull();
});

it('says at once that a number has another date of birth, and where to correct that', async () => {
  answers['POST /api/identity'] = [
    422,
    { code: 'input.invalid', fields: { number: 'other_birth_date' } },
  ];
  const posted = open('/me');
  await userEvent.type(
    await screen.findByLabelText(/Number of the document/),
    '11010519491231002X',
  );
  await userEvent.click(screen.getByRole('button', { name: 'Submit' }));
  expect(await screen.findByText(/says another date of birth/)).toBeVisible();
  expect(screen.queryByText('input.invalid')).toBeNull();

  await userEvent.click(screen.getByRole('button', { name: 'Correct name or date of birth' }));
  const born = screen.getByLabelText('Date of birth');
  await userEvent.clear(born);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(screen.getByText('Enter your date of birth.')).toBeVisible();
  expect(born).toHaveFocus();
  await userEvent.type(born, '1949-12-31');
  answers['GET /api/identity'] = [
    200,
    {
      ...details,
      birth_date: '1949-12-31',
      required: true,
      compared_by: null,
      compared_kinds: [],
      correctable: true,
      check: null,
    },
  ];
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('1949-12-31')).toBeVisible();
  expect(screen.getByText('Saved.')).toBeVisible();
  expect(posted('/api/own-details')).toEqual([{ name: '李晓兰', birth_date: '1949-12-31' }]);
});

it.each(['waiting', 'verified'])('lets nobody correct what is %s', async (state) => {
  answers['GET /api/identity'] = [
    200,
    {
      ...details,
      required: true,
      compared_by: null,
      compared_kinds: [],
      correctable: false,
      check: { ...check, state },
    },
  ];
  open('/me');
  expect(await screen.findByText('1988-05-17')).toBeVisible();
  expect(screen.queryByRole('button', { name: /Correct/ })).toBeNull();
});
