import { readFileSync } from 'node:fs';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { JobsPage } from './JobsPage';
import { hasJobsText } from './strings';

const job = {
  id: 41,
  name: 'mail.visit_ended',
  attempts: 6,
  args: { consultation_id: 'c-1' },
  last_error: 'ConnectionRefusedError',
  enqueued_at: '2026-11-23T06:00:00Z',
};

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/jobs': [200, { jobs: [job] }],
    'POST /api/jobs/41/retry': [204],
  };
});

function open() {
  const fetchMock = stubApi(answers);
  renderApp([{ path: '/', element: <JobsPage /> }], '/');
  return fetchMock;
}

it('says what failed, how often and since when, and runs it again', async () => {
  const fetchMock = open();
  expect(await screen.findByText('Mail: the visit has ended')).toBeVisible();
  expect(screen.getByText('ConnectionRefusedError')).toBeVisible();
  expect(screen.getByText('11/23/2026 14:00')).toBeVisible();
  answers['GET /api/jobs'] = [200, { jobs: [] }];
  await userEvent.click(
    screen.getByRole('button', { name: 'Run again: Mail: the visit has ended, task 41' }),
  );
  expect(await screen.findByText(/Task 41 is queued again/)).toBeVisible();
  expect(await screen.findByText('No task has failed.')).toBeVisible();
  expect(fetchMock.mock.calls.map(([, init]) => init?.method)).toContain('POST');
});

it('says when the task has moved on meanwhile', async () => {
  answers['POST /api/jobs/41/retry'] = [409, { code: 'job.wrong_state' }];
  open();
  await userEvent.click(await screen.findByRole('button', { name: /task 41/ }));
  expect(await screen.findByRole('alert')).toHaveTextContent('changed in the meantime');
});

it('shows a task it does not know by its own name', async () => {
  answers['GET /api/jobs'] = [
    200,
    { jobs: [{ ...job, name: 'report.later', last_error: null, enqueued_at: null }] },
  ];
  open();
  expect(await screen.findByText('report.later')).toBeVisible();
  expect(screen.getByText('No reason was kept.')).toBeVisible();
});

it('says that the tasks stay kept when they cannot be read', async () => {
  answers['GET /api/jobs'] = [500, { code: 'internal' }];
  open();
  expect(await screen.findByRole('alert')).toHaveTextContent('The tasks stay kept.');
});

it('has words for every job', () => {
  const source = readFileSync('../domain/jobs.py', 'utf8');
  const table = source.slice(source.indexOf('class JobName'), source.indexOf('@dataclass'));
  const names = [...table.matchAll(/ = "([a-z_.]+)"/g)].map(([, name]) => name ?? '');
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !hasJobsText(`name.${name}`))).toEqual([]);
});
