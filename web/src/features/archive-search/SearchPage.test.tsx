import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { SearchPage } from './SearchPage';

const list = 'GET /api/archive/consultations';
const found = (id: string, changed = {}) => ({
  id,
  appointment_id: `a-${id}`,
  patient_name: `Patient ${id}`,
  practitioner_name: 'Li Wenbo',
  state: 'finished',
  scheduled_start: '2026-11-20T06:00:00Z',
  admitted_at: '2026-11-20T06:02:00Z',
  ended_at: '2026-11-20T06:14:05Z',
  entries: 25,
  marks: { closed: true, sealed: true, destroyed: false, on_hold: false },
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
    [list]: [200, { consultations: [found('1')], next_cursor: null }],
  };
  return () => vi.useRealTimers();
});

function open(path = '/archive') {
  const fetchMock = stubApi(answers);
  const { router } = renderApp(
    [
      { path: '/archive', element: <SearchPage recordPath={(id) => `/record/${id}`} /> },
      { path: '/record/:id', element: <p>The record</p> },
    ],
    path,
  );
  const asked = () =>
    fetchMock.mock.calls
      .map(([address]) => new URL(address as string, 'http://localhost'))
      .filter(({ pathname }) => pathname === '/api/archive/consultations')
      .map(({ searchParams }) => Object.fromEntries(searchParams));
  return { router, asked };
}

it('shows the last thirty days without being asked', async () => {
  const { asked } = open();
  const table = within(await screen.findByRole('table'));
  expect(await table.findByText('Patient 1')).toBeVisible();
  expect(table.getByText('11/20/2026 14:00')).toBeVisible();
  expect(table.getByText('12:05')).toBeVisible();
  expect(asked().at(-1)).toEqual({ from: '2026-10-25', to: '2026-11-23' });
});

describe('the filters', () => {
  it('are asked for at once and kept in the address', async () => {
    const { router, asked } = open();
    await screen.findByText('Patient 1');
    await userEvent.type(screen.getByLabelText("Patient's name"), 'Zhao');
    await userEvent.selectOptions(screen.getByLabelText('Doctor'), 'd-1');
    expect(asked()).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Find' }));
    expect(router.state.location.search).toBe('?patient=Zhao&practitioner=d-1');
    expect(asked().at(-1)).toMatchObject({ patient: 'Zhao', practitioner_id: 'd-1' });
  });

  it('are marked where the hospital refuses one', async () => {
    answers[list] = [422, { code: 'input.invalid', status: 422, fields: { patient: 'too_short' } }];
    open('/archive?patient=Z');
    await screen.findByRole('alert');
    expect(screen.getByLabelText("Patient's name")).toHaveAccessibleDescription(
      'This is too short.',
    );
  });

  it('are there again after a record was read', async () => {
    const { router, asked } = open('/archive?patient=Zhao');
    await userEvent.click(await screen.findByRole('link', { name: 'Patient 1' }));
    expect(await screen.findByText('The record')).toBeVisible();
    expect(router.state.location.state).toEqual({ search: 'patient=Zhao' });
    await router.navigate(-1);
    expect(await screen.findByLabelText("Patient's name")).toHaveValue('Zhao');
    expect(asked()).toHaveLength(1);
  });

  it('refuse a range that ends before it begins', async () => {
    const { asked } = open('/archive?from=2026-11-10&to=2026-11-01');
    await screen.findByRole('table');
    const before = asked().length;
    await userEvent.click(screen.getByRole('button', { name: 'Find' }));
    expect(screen.getByText('The last day is before the first.')).toBeVisible();
    expect(asked()).toHaveLength(before);
  });

  it('work without the doctors, and say so', async () => {
    answers['GET /api/practitioners'] = [500, { code: 'internal' }];
    open();
    expect(await screen.findByText('The doctors could not be listed.')).toBeVisible();
    expect(await screen.findByText('Patient 1')).toBeVisible();
  });
});

it('goes on where the page before ended', async () => {
  answers[list] = [200, { consultations: [found('1')], next_cursor: 'next' }];
  const { asked } = open();
  expect(await screen.findByText('The newest 1; there are more')).toBeVisible();
  answers[list] = [200, { consultations: [found('2')], next_cursor: null }];
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(await screen.findByText('Patient 2')).toBeVisible();
  expect(screen.getByText('Patient 1')).toBeVisible();
  expect(asked().at(-1)).toMatchObject({ cursor: 'next' });
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

describe('when there is nothing to show', () => {
  it('says that nothing happened in these days', async () => {
    answers[list] = [200, { consultations: [], next_cursor: null }];
    open();
    expect(await screen.findByText('No consultation in the last 30 days.')).toBeVisible();
  });

  it('says that nothing fits, and offers the way out', async () => {
    answers[list] = [200, { consultations: [], next_cursor: null }];
    const { router } = open('/archive?patient=Nobody');
    expect(await screen.findByText('No consultation fits.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Last 30 days, everyone' }));
    expect(router.state.location.search).toBe('');
    expect(await screen.findByLabelText("Patient's name")).toHaveValue('');
  });

  it('says what happened and tries again', async () => {
    answers[list] = [500, { code: 'internal' }];
    open();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Searching changes nothing in the archive.',
    );
    answers[list] = [200, { consultations: [found('1')], next_cursor: null }];
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Patient 1')).toBeVisible();
  });

  it('holds the place of what loads', async () => {
    stubApi(answers).mockReturnValue(new Promise(() => undefined));
    renderApp([{ path: '/archive', element: <SearchPage recordPath={(id) => id} /> }], '/archive');
    expect(await screen.findByRole('table')).toHaveAttribute('aria-busy', 'true');
  });
});

describe('a record', () => {
  const marks = { closed: true, sealed: true, destroyed: false, on_hold: false };
  it.each([
    ['Sealed', {}],
    ['Not sealed yet', { marks: { ...marks, sealed: false } }],
    ['Not closed', { marks: { ...marks, closed: false } }],
    ['Open', { state: 'in-progress', marks: { ...marks, closed: false } }],
    ['Texts destroyed', { marks: { ...marks, destroyed: true } }],
    ['On hold', { marks: { ...marks, on_hold: true } }],
    ['nothing kept', { state: 'planned', entries: 0 }],
    ['nothing kept', { marks: null }],
  ])('is marked %s', async (word, changed) => {
    answers[list] = [200, { consultations: [found('1', changed)], next_cursor: null }];
    open();
    expect(await screen.findByText(word)).toBeVisible();
  });
});
