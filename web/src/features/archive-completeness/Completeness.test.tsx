import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { CompletenessPage } from './CompletenessPage';
import { RecordsPage } from './RecordsPage';

const path = '/api/archive/completeness';
const range = {
  consultations: 50,
  conversations: 40,
  entries: 1200,
  sequence_gaps: 0,
  heads_differ: 2,
  unclosed: 0,
  open_long: 0,
  addenda_open: 3,
  unsealed: 7,
  unsealed_since: '2026-11-23T03:59:00Z',
  destroyed: 1,
  on_hold: 0,
};
const figures = {
  first_day: '2026-10-25',
  last_day: '2026-11-23',
  range,
  log: { size: 1210, checkpoint_size: 1200, signed_at: '2026-11-23T03:58:00Z' },
  witnesses: [
    {
      witness: 'witness.example',
      cosignatures: 12,
      last_at: '2026-11-23T03:58:01Z',
      last_size: 1200,
    },
  ],
  counted_at: '2026-11-23T04:00:00Z',
  took_ms: 41,
};

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  vi.useFakeTimers({ now: new Date('2026-11-23T04:00:00Z'), toFake: ['Date'] });
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    [`GET ${path}`]: [200, figures],
    [`GET ${path}/heads-differ`]: [
      200,
      {
        records: [
          {
            consultation_id: 'c-1',
            patient_name: 'Zhao Lin',
            practitioner_name: 'Li Wenbo',
            state: 'finished',
            scheduled_start: '2026-11-20T06:00:00Z',
            amount: null,
            since: null,
          },
        ],
        next_cursor: null,
      },
    ],
  };
  return () => vi.useRealTimers();
});

function open(address: string) {
  const fetchMock = stubApi(answers);
  const { router } = renderApp(
    [
      { path: '/complete', element: <CompletenessPage listPath={(list) => `/complete/${list}`} /> },
      {
        path: '/complete/:list',
        element: <RecordsPage backTo="/complete" recordPath={(id) => `/record/${id}`} />,
      },
    ],
    address,
  );
  const asked = () =>
    fetchMock.mock.calls.map(([to]) => to as string).filter((to) => to.startsWith(path));
  return { router, asked };
}

const figure = async (name: string) => (await screen.findByText(name)).closest('li');

it('says of each figure whether it is in order, and leads to what is behind it', async () => {
  const { asked } = open('/complete');
  expect(await figure('Gaps in the numbering')).toHaveTextContent(/^0.*In order/);
  expect(await figure('Ends that do not match')).toHaveTextContent(/^2.*To look into/);
  expect(await figure('Entries waiting to be sealed')).toHaveTextContent(
    'The oldest is from 11/23/2026 11:59:00.',
  );
  const open_addenda = await figure('Addenda still open');
  expect(open_addenda).toHaveTextContent(/^3/);
  expect(open_addenda).not.toHaveTextContent('To look into');
  expect(
    screen.getByRole('link', { name: 'Show the visits: Ends that do not match' }),
  ).toHaveAttribute('href', '/complete/heads-differ?from=2026-10-25&to=2026-11-23');
  expect(screen.queryByRole('link', { name: /Gaps/ })).toBeNull();
  expect(asked()).toEqual([`${path}?from=2026-10-25&to=2026-11-23`]);
});

it('shows the log, its last checkpoint and each witness', async () => {
  open('/complete');
  expect(await screen.findByText('11/23/2026 11:58:00, of 1,200 entries')).toBeVisible();
  expect(screen.getByText('10 entries are in the tree and in no signed checkpoint.')).toBeVisible();
  const table = within(screen.getByRole('table', { name: 'Witnesses' }));
  expect(table.getByText('witness.example')).toBeVisible();
  expect(screen.getByText('Counted 11/23/2026 12:00:00 in 41 ms')).toBeVisible();
});

it('says what it means that there is no witness and no checkpoint', async () => {
  answers[`GET ${path}`] = [
    200,
    { ...figures, witnesses: [], log: { size: 0, checkpoint_size: null, signed_at: null } },
  ];
  open('/complete');
  expect(await screen.findByText(/No witness has cosigned yet/)).toBeVisible();
  expect(screen.getByText('none signed yet')).toBeVisible();
});

it('counts other days when asked, and keeps them in the address', async () => {
  const { router, asked } = open('/complete?from=2026-11-01&to=2026-11-10');
  await figure('Gaps in the numbering');
  expect(screen.getByLabelText('From')).toHaveValue('2026-11-01');
  await userEvent.clear(screen.getByLabelText('From'));
  await userEvent.type(screen.getByLabelText('From'), '2026-10-01');
  expect(asked()).toHaveLength(1);
  await userEvent.click(screen.getByRole('button', { name: 'Count' }));
  expect(router.state.location.search).toBe('?from=2026-10-01&to=2026-11-10');
  expect(asked().at(-1)).toBe(`${path}?from=2026-10-01&to=2026-11-10`);
});

it('marks days that are refused', async () => {
  answers[`GET ${path}`] = [422, { code: 'input.invalid', fields: { to: 'out_of_order' } }];
  open('/complete?from=2026-11-10&to=2026-11-01');
  await screen.findByRole('alert');
  expect(screen.getByLabelText('To')).toBeInvalid();
});

it('lists the visits behind a figure, and goes back to the same days', async () => {
  open('/complete/heads-differ?from=2026-11-01&to=2026-11-10');
  expect(await screen.findByRole('link', { name: 'Zhao Lin' })).toHaveAttribute(
    'href',
    '/record/c-1',
  );
  expect(screen.getByRole('heading', { name: 'Ends that do not match' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Completeness' })).toHaveAttribute(
    'href',
    '/complete?from=2026-11-01&to=2026-11-10',
  );
});

it('has words for an empty list, a failure and a list that there is not', async () => {
  answers[`GET ${path}/unclosed`] = [200, { records: [], next_cursor: null }];
  open('/complete/unclosed');
  expect(await screen.findByText('No visit is in this list.')).toBeVisible();
  answers[`GET ${path}/on-hold`] = [503, { code: 'partner.down' }];
  open('/complete/on-hold');
  expect(await screen.findByText(/Counting changes nothing/)).toBeVisible();
  open('/complete/everything');
  expect(await screen.findByText('There is no such page.')).toBeVisible();
});
