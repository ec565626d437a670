import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { SamplePage } from './SamplePage';
import { SamplesPage } from './SamplesPage';

const list = '/api/archive/samples';
const sample = (changed = {}) => ({
  id: 'm-1',
  by_name: 'Sun Yue',
  first_day: '2026-10-01',
  last_day: '2026-10-31',
  practitioner_id: null,
  practitioner_name: null,
  specialty: null,
  seed: '2026-q4',
  wanted: 2,
  size: 2,
  population: 310,
  population_sha256: 'ab12',
  reviewed: 1,
  noted: 1,
  created_at: '2026-11-23T06:00:00Z',
  ...changed,
});
const sampled = (place: number, changed = {}) => ({
  place,
  consultation_id: `c-${place}`,
  patient_name: `Patient ${place}`,
  practitioner_name: 'Li Wenbo',
  state: 'finished',
  scheduled_start: '2026-10-20T06:00:00Z',
  review: null,
  ...changed,
});
const view = (changed = {}) => ({
  sample: sample(),
  consultations: [
    sampled(1, {
      review: {
        by_name: 'Qian Li',
        finding: 'note',
        note: 'No consent.',
        reviewed_at: '2026-11-23T06:30:00Z',
      },
    }),
    sampled(2),
  ],
  population_now: 310,
  same_population: true,
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
    [`GET ${list}`]: [200, { samples: [sample()], next_cursor: null }],
    [`GET ${list}/m-1`]: [200, view()],
  };
  return () => vi.useRealTimers();
});

function open(path: string) {
  const fetchMock = stubApi(answers);
  const { router } = renderApp(
    [
      { path: '/samples', element: <SamplesPage samplePath={(id) => `/samples/${id}`} /> },
      {
        path: '/samples/:id',
        element: <SamplePage backTo="/samples" recordPath={(id) => `/record/${id}`} />,
      },
    ],
    path,
  );
  const posted = () =>
    fetchMock.mock.calls
      .filter(([, init]) => init?.method === 'POST')
      .map(([address, init]) => [address, JSON.parse(init?.body as string) as unknown]);
  return { router, posted };
}

describe('drawing', () => {
  it('asks for what is in the form and shows the sample', async () => {
    answers[`POST ${list}`] = [201, sample()];
    const { router, posted } = open('/samples');
    await userEvent.clear(await screen.findByLabelText('How many'));
    await userEvent.type(screen.getByLabelText('How many'), '5');
    await screen.findByRole('option', { name: 'GP' });
    await userEvent.selectOptions(screen.getByLabelText('Specialty'), 'GP');
    await userEvent.type(screen.getByLabelText('Seed'), ' 2026-q4 ');
    await userEvent.click(screen.getByRole('button', { name: 'Draw' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/samples/m-1'));
    expect(posted()).toEqual([
      [
        list,
        {
          size: 5,
          from: '2026-10-24',
          to: '2026-11-22',
          practitioner_id: null,
          specialty: 'GP',
          seed: '2026-q4',
        },
      ],
    ]);
  });

  it('marks every field that is refused', async () => {
    const fields = { size: 'too_small', seed: 'bad_format', to: 'in_the_future' };
    answers[`POST ${list}`] = [422, { code: 'input.invalid', fields }];
    open('/samples');
    await userEvent.click(await screen.findByRole('button', { name: 'Draw' }));
    await waitFor(() => expect(screen.getByLabelText('How many')).toBeInvalid());
    expect(screen.getByLabelText('Seed')).toBeInvalid();
    expect(screen.getByLabelText('To')).toBeInvalid();
  });
});

it('lists samples with how far their review is', async () => {
  open('/samples');
  const table = within(await screen.findByRole('table'));
  expect(await table.findByRole('link', { name: '10/01/2026 to 10/31/2026' })).toBeVisible();
  expect(table.getByText('2 of 310')).toBeVisible();
  expect(table.getByText('1 finding')).toBeVisible();
});

describe('a sample', () => {
  it('shows its reviews, its seed and whether the population is the same', async () => {
    open('/samples/m-1');
    const rows = await screen.findAllByRole('row');
    expect(rows[1]).toHaveTextContent(/FindingNo consent\.Qian Li, 11\/23\/2026 14:30/);
    expect(rows[2]).toHaveTextContent('To review');
    expect(screen.getByRole('link', { name: 'Patient 2' })).toHaveAttribute('href', '/record/c-2');
    expect(screen.getByText('2026-q4')).toBeVisible();
    expect(screen.getByText('The population is still the same')).toBeVisible();
  });

  it('says when its population has changed', async () => {
    answers[`GET ${list}/m-1`] = [200, view({ population_now: 312, same_population: false })];
    open('/samples/m-1');
    expect(await screen.findByText(/The population has changed since: 312/)).toBeVisible();
  });

  it('keeps a review with what was found', async () => {
    answers[`POST ${list}/m-1/reviews`] = [204];
    const { posted } = open('/samples/m-1');
    await userEvent.click(
      await screen.findByRole('button', { name: "Review of Patient 2's visit" }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByLabelText('Finding'));
    await userEvent.type(dialog.getByLabelText('What was found'), 'No dose.');
    await userEvent.click(dialog.getByRole('button', { name: 'Keep the review' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(posted()).toEqual([
      [`${list}/m-1/reviews`, { consultation_id: 'c-2', finding: 'note', note: 'No dose.' }],
    ]);
  });

  it('keeps the dialog open and marks the note when it is missing', async () => {
    answers[`POST ${list}/m-1/reviews`] = [
      422,
      { code: 'input.invalid', fields: { note: 'missing' } },
    ];
    open('/samples/m-1');
    await userEvent.click(
      await screen.findByRole('button', { name: "Review of Patient 2's visit" }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByLabelText('Finding'));
    await userEvent.click(dialog.getByRole('button', { name: 'Keep the review' }));
    await waitFor(() => expect(dialog.getByLabelText('What was found')).toBeInvalid());
  });

  it('saves the population from which it can be drawn again', async () => {
    answers[`GET ${list}/m-1/population`] = [200, { consultation_ids: ['c-1', 'c-2'] }];
    const made = vi.fn(() => 'blob:population');
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: made, revokeObjectURL: vi.fn() }));
    open('/samples/m-1');
    await userEvent.click(await screen.findByRole('button', { name: 'Save the population' }));
    await waitFor(() => expect(made).toHaveBeenCalled());
  });

  it('has words when it is empty, and when it cannot be read', async () => {
    answers[`GET ${list}/m-1`] = [200, view({ sample: sample({ size: 0 }), consultations: [] })];
    open('/samples/m-1');
    expect(await screen.findByText('The sample is empty.')).toBeVisible();
    answers[`GET ${list}/m-2`] = [500, { code: 'internal' }];
    open('/samples/m-2');
    expect(await screen.findByRole('alert')).toHaveTextContent('Drawing changes nothing');
  });
});
