import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { roundTop } from './DayPlot';
import { FiguresPage } from './FiguresPage';

const day = (date: string, changed = {}) => ({
  day: date,
  booked: 0,
  visits: 0,
  finished: 0,
  cancelled: 0,
  no_shows: 0,
  wait_minutes_median: null as number | null,
  money: [] as { currency: string; captured_minor: number; refunded_minor: number }[],
  ...changed,
});
const figures = {
  first_day: '2026-11-22',
  last_day: '2026-11-23',
  currencies: ['CNY'],
  days: [
    day('2026-11-22', { booked: 3, visits: 4, finished: 2, cancelled: 1, no_shows: 1 }),
    day('2026-11-23', {
      booked: 5,
      wait_minutes_median: 7.5,
      money: [{ currency: 'CNY', captured_minor: 150_00, refunded_minor: 50_00 }],
    }),
  ],
};

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  vi.useFakeTimers({ now: new Date('2026-11-23T04:00:00Z'), toFake: ['Date'] });
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/figures/days': [200, figures],
  };
  return () => vi.useRealTimers();
});

function open() {
  const fetchMock = stubApi(answers);
  renderApp([{ path: '/', element: <FiguresPage /> }], '/');
  const asked = () =>
    fetchMock.mock.calls.flatMap(([address]) => {
      const { pathname, search } = new URL(address as string, 'http://localhost');
      return pathname === '/api/figures/days' ? [search] : [];
    });
  return { asked };
}

it('draws each figure, and says it in words', async () => {
  const { asked } = open();
  for (const name of [
    'Visits booked for each day: 8 in 2 days',
    'Visits of each day: 2 finished, 1 cancelled, 1 no-shows',
    'Money of each day: CN¥150.00 came, CN¥50.00 went back',
    'Median wait of each day in minutes: at most 7.5, on 1 days with visits',
  ]) {
    expect(await screen.findByRole('img', { name })).toBeVisible();
  }
  expect(asked()).toEqual(['?from=2026-10-25&to=2026-11-23']);
});

it('calls the longest wait by its name', async () => {
  open();
  const figure = await screen.findByText('7.5 min');
  expect(figure.parentElement).toHaveTextContent(/^Longest median wait of a day/);
});

it('has every number in a table, the newest day first', async () => {
  open();
  await screen.findByRole('img', { name: /8 in 2 days/ });
  const rows = within(screen.getByRole('table', { name: 'Day by day' })).getAllByRole('row');
  expect(rows[1]).toHaveTextContent('11/23/2026500');
  expect(rows[1]).toHaveTextContent('CN¥150.00CN¥50.007.5');
  expect(rows[2]).toHaveTextContent('11/22/202634211––');
});

it('asks for other days', async () => {
  const { asked } = open();
  await userEvent.click(await screen.findByRole('button', { name: '7 days' }));
  expect(screen.getByRole('button', { name: '7 days' })).toHaveAttribute('aria-pressed', 'true');
  expect(asked()[1]).toBe('?from=2026-11-17&to=2026-11-23');
});

it('says that nothing but the figures is missing when they cannot be read', async () => {
  answers['GET /api/figures/days'] = [500, { code: 'internal' }];
  open();
  expect(await screen.findByRole('alert')).toHaveTextContent('Only the figures are missing');
});

it('is calm about days without anything', async () => {
  answers['GET /api/figures/days'] = [
    200,
    { ...figures, currencies: [], days: [day('2026-11-23')] },
  ];
  open();
  expect(await screen.findByText('No payments in these days.')).toBeVisible();
  expect(screen.getByRole('img', { name: 'Nobody was admitted in these days.' })).toBeVisible();
});

it('ends its scale at a round number', () => {
  expect([0, 1, 3, 5, 11, 41, 950, 4200].map(roundTop)).toEqual([
    2, 2, 4, 10, 20, 100, 1000, 10000,
  ]);
});
