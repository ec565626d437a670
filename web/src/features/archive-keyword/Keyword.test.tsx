import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { KeywordPage } from './KeywordPage';
import { ResultPage } from './ResultPage';
import { bodyOf, lookAgainMs, type Search } from './searches';

const list = '/api/archive/keyword-searches';
const search = (changed: Partial<Search> = {}): Search => ({
  id: 's-1',
  own: true,
  by_name: 'Sun Yue',
  word: 'fever',
  reason: 'Complaint 17',
  patient_id: null,
  patient_name: null,
  practitioner_id: null,
  practitioner_name: null,
  first_day: '2026-11-01',
  last_day: '2026-11-20',
  state: 'done',
  total: 40,
  done: 40,
  hits: 1,
  capped: false,
  destroyed: 0,
  damaged: 0,
  created_at: '2026-11-23T06:00:00Z',
  ended_at: '2026-11-23T06:00:09Z',
  expires_at: '2026-12-23T06:00:00Z',
  ...changed,
});
const hit = (id: number, changed = {}) => ({
  id,
  consultation_id: 'c-1',
  conversation_id: 'c-1',
  seq: 2,
  patient_name: 'Zhao Lin',
  practitioner_name: 'Li Wenbo',
  scheduled_start: '2026-11-20T06:00:00Z',
  recorded_at: '2026-11-20T06:00:05Z',
  kind: 'chat',
  author_name: 'Zhao Lin',
  author_role: 'patient',
  parts: [
    { text: 'A ', found: false },
    { text: 'Fever', found: true },
  ],
  damaged: false,
  ...changed,
});

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  vi.useFakeTimers({ now: new Date('2026-11-23T04:00:00Z'), toFake: ['Date'] });
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/practitioners': [
      200,
      { practitioners: [{ id: 'd-1', name: 'Li Wenbo', title: 'Chief', specialty: 'GP' }] },
    ],
    [`GET ${list}`]: [200, { searches: [] }],
    [`GET ${list}/s-1`]: [200, search()],
    [`GET ${list}/s-1/hits`]: [200, { hits: [hit(1)], next_after: null }],
  };
  return () => vi.useRealTimers();
});

function open(path: string) {
  const fetchMock = stubApi(answers);
  const { router } = renderApp(
    [
      { path: '/texts', element: <KeywordPage resultPath={(id) => `/texts/${id}`} /> },
      {
        path: '/texts/:id',
        element: <ResultPage backTo="/texts" recordPath={(id) => `/record/${id}`} />,
      },
    ],
    path,
  );
  const sent = (method: string) =>
    fetchMock.mock.calls
      .filter(([, init]) => (init?.method ?? 'GET') === method)
      .map(([address, init]) => [address as string, init?.body] as const);
  return { router, sent };
}

describe('a new search', () => {
  it('is begun by its button with the days of the last month, and followed', async () => {
    answers[`POST ${list}`] = [201, search()];
    const { router, sent } = open('/texts');
    await screen.findByText('No search yet.');
    await userEvent.type(screen.getByLabelText('Word or phrase'), 'fever');
    await userEvent.type(screen.getByLabelText('Reason'), 'Complaint 17');
    expect(sent('POST')).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Search' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/texts/s-1'));
    const [[, body] = []] = sent('POST');
    expect(JSON.parse(body as string)).toEqual({
      word: 'fever',
      reason: 'Complaint 17',
      from: '2026-10-24',
      to: '2026-11-23',
      practitioner_id: null,
      patient_id: null,
    });
  });

  it('marks each field that the hospital refuses', async () => {
    const fields = { word: 'too_short', reason: 'missing', to: 'too_large' };
    answers[`POST ${list}`] = [422, { code: 'input.invalid', status: 422, fields }];
    open('/texts');
    await userEvent.click(await screen.findByRole('button', { name: 'Search' }));
    await waitFor(() =>
      expect(screen.getByLabelText('Word or phrase')).toHaveAccessibleDescription(
        /This is too short/,
      ),
    );
    expect(screen.getByLabelText('Reason')).toBeInvalid();
    expect(screen.getByLabelText('To')).toBeInvalid();
  });

  it('says how many visits would have been searched when they are too many', async () => {
    answers[`POST ${list}`] = [422, { code: 'archive.too_wide', count: 7210, limit: 5000 }];
    open('/texts');
    await userEvent.click(await screen.findByRole('button', { name: 'Search' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      '7,210 consultations, of at most 5,000',
    );
  });

  it('of a patient looks a name up on demand and needs a choice', async () => {
    answers['GET /api/archive/patients'] = [
      200,
      { patients: [{ id: 'p-1', name: 'Zhao Lin', birth_date: '1988-05-17' }] },
    ];
    answers[`POST ${list}`] = [201, search()];
    const { sent } = open('/texts');
    await userEvent.click(await screen.findByText('A patient'));
    await userEvent.type(screen.getByLabelText("Patient's name"), 'Zhao');
    const lookedUp = () => sent('GET').filter(([address]) => address.includes('/patients'));
    expect(lookedUp()).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Search' }));
    expect(screen.getByText('Look up a name and choose the patient.')).toBeVisible();
    expect(sent('POST')).toEqual([]);
    await userEvent.type(screen.getByLabelText("Patient's name"), '{Enter}');
    await userEvent.click(await screen.findByLabelText('Zhao Lin · born 1988-05-17'));
    await userEvent.click(screen.getByRole('button', { name: 'Search' }));
    await waitFor(() => expect(sent('POST')).toHaveLength(1));
    expect(lookedUp()).toHaveLength(1);
    expect(JSON.parse(sent('POST')[0]?.[1] as string)).toMatchObject({
      patient_id: 'p-1',
      from: null,
      to: null,
    });
  });

  it('sends nothing of a scope that was left', () => {
    const draft = { word: 'w', reason: 'r', from: '', to: '', practitioner: 'd', patient: 'p' };
    expect(bodyOf({ ...draft, scope: 'doctor' })).toMatchObject({
      practitioner_id: 'd',
      patient_id: null,
    });
    expect(bodyOf({ ...draft, scope: 'days' })).toMatchObject({
      practitioner_id: null,
      patient_id: null,
    });
  });
});

it("lists everybody's searches, and other people's words not", async () => {
  answers[`GET ${list}`] = [
    200,
    { searches: [search(), search({ id: 's-2', own: false, word: null, by_name: 'Qian Li' })] },
  ];
  open('/texts');
  const table = within(await screen.findByRole('table'));
  expect(await table.findByRole('link', { name: 'fever' })).toHaveAttribute('href', '/texts/s-1');
  expect(table.getByRole('link', { name: 'only shown to who asked' })).toBeVisible();
  expect(table.getAllByText('11/01/2026 to 11/20/2026')).toHaveLength(2);
});

describe('the results', () => {
  it('show each message with the word marked and the way to the record', async () => {
    open('/texts/s-1');
    const found = await screen.findByRole('list', { name: 'Messages that contain the word' });
    expect(within(found).getByText('Fever').tagName).toBe('MARK');
    expect(within(found).getByRole('link', { name: 'Open the record' })).toHaveAttribute(
      'href',
      '/record/c-1#entry-2',
    );
    expect(screen.getByText('40 of 40 visits searched')).toBeVisible();
  });

  it('say what was skipped, and what can no longer be read', async () => {
    answers[`GET ${list}/s-1`] = [200, search({ destroyed: 2, damaged: 1, hits: 2 })];
    answers[`GET ${list}/s-1/hits`] = [
      200,
      {
        hits: [
          hit(1, { parts: null }),
          hit(2, { parts: null, damaged: true, conversation_id: 'x', seq: 7 }),
        ],
        next_after: null,
      },
    ];
    open('/texts/s-1');
    expect(await screen.findByText('The text was lawfully destroyed.')).toBeVisible();
    expect(screen.getByText(/This text cannot be read any more/)).toBeVisible();
    expect(screen.getByText(/Addendum, entry 7/)).toBeVisible();
    expect(screen.getByText(/2 visits were skipped/)).toBeVisible();
    expect(screen.getByText(/1 entry could not be read/)).toBeVisible();
  });

  it('are followed while the search runs, which can be stopped', async () => {
    answers[`GET ${list}/s-1`] = [200, search({ state: 'running', done: 12, hits: 0 })];
    answers[`POST ${list}/s-1/cancel`] = [204];
    const { sent } = open('/texts/s-1');
    expect(await screen.findByText('Nothing found so far.')).toBeVisible();
    expect(screen.getByRole('progressbar', { name: '12 of 40 visits searched' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Stop the search' }));
    const dialog = within(await screen.findByRole('dialog'));
    answers[`GET ${list}/s-1`] = [200, search({ state: 'cancelled', done: 12, hits: 0 })];
    await userEvent.click(dialog.getByRole('button', { name: 'Stop the search' }));
    expect(await screen.findByText('Cancelled')).toBeVisible();
    expect(sent('POST').map(([address]) => address)).toEqual([`${list}/s-1/cancel`]);
    expect(lookAgainMs(search({ state: 'running' }))).toBe(2000);
    expect(lookAgainMs(search())).toBe(false);
  });

  it.each([
    [{ state: 'expired', word: null }, 'The results have expired.'],
    [{ own: false, word: null }, "These are another auditor's results."],
    [{ hits: 0 }, 'The word was not found.'],
  ] as const)('explain why there is nothing to read: %o', async (changed, what) => {
    answers[`GET ${list}/s-1`] = [200, search(changed)];
    const { sent } = open('/texts/s-1');
    expect(await screen.findByText(what)).toBeVisible();
    expect(sent('GET').filter(([address]) => address.includes('/hits'))).toEqual([]);
  });

  it('say when they cannot be read', async () => {
    answers[`GET ${list}/s-1`] = [500, { code: 'internal' }];
    open('/texts/s-1');
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Searching changes nothing in the archive.',
    );
  });
});
