import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { FiguresPanel } from './FiguresPanel';

const figures = {
  appointments: 12,
  waiting: 2,
  in_progress: 1,
  finished: 5,
  jobs_waiting: 3,
  jobs_dead: 2,
  wait_minutes_median: 6.4,
  sealing: 'sealing',
  sealing_why: null as string | null,
  sealed_entries: 40,
};

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/figures': [200, figures],
  };
});

function open() {
  const fetchMock = stubApi(answers);
  renderApp([{ path: '/', element: <FiguresPanel jobsPath="/jobs" /> }], '/');
  return fetchMock;
}

it('draws the day, and says the same in words', async () => {
  open();
  expect(
    await screen.findByRole('img', {
      name: '5 finished, 1 in progress, 2 waiting, 4 to come',
    }),
  ).toBeVisible();
  expect(screen.getByRole('img', { name: '6.4 minutes on a scale of 0 to 30' })).toBeVisible();
  expect(screen.getByText('2 failed for good')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Look' })).toHaveAttribute('href', '/jobs');
});

it('is calm about a day without anything', async () => {
  answers['GET /api/figures'] = [
    200,
    {
      ...figures,
      appointments: 0,
      waiting: 0,
      in_progress: 0,
      finished: 0,
      jobs_waiting: 0,
      jobs_dead: 0,
      wait_minutes_median: null,
    },
  ];
  open();
  expect(await screen.findByText(/None are planned/)).toBeVisible();
  expect(screen.getByText('Nobody waits.')).toBeVisible();
  expect(screen.getByText('Nobody was admitted yet.')).toBeVisible();
  expect(screen.getByText('None failed')).toBeVisible();
});

it('keeps the last figures and says how old they are when new ones fail', async () => {
  open();
  const panel = within(await screen.findByRole('region', { name: 'Today in figures' }));
  await panel.findByText(/As of/);
  answers['GET /api/figures'] = [500, { code: 'internal' }];
  await userEvent.click(panel.getByRole('button', { name: 'Read again' }));
  expect(await panel.findByText(/New ones could not be read/)).toBeVisible();
  expect(panel.getByText('12')).toBeVisible();
});

it('says what is safe when there are no figures at all', async () => {
  answers['GET /api/figures'] = [500, { code: 'internal' }];
  open();
  expect(await screen.findByRole('alert')).toHaveTextContent('the hospital goes on');
});

it('says that sealing stopped, and why', async () => {
  const why = 'The checkpoint file has seen 9 entries of the log, and this database has 5.';
  answers['GET /api/figures'] = [200, { ...figures, sealing: 'stopped', sealing_why: why }];
  open();
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('The record is kept, but not sealed');
  expect(alert).toHaveTextContent(why);
});

it('does not speak of sealing while it goes on', async () => {
  open();
  await screen.findByText('Background tasks');
  expect(screen.queryByRole('alert')).toBeNull();
});
