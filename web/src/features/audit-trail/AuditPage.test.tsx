import { readFileSync } from 'node:fs';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { AuditPage } from './AuditPage';
import { hasAuditText } from './strings';

const patient = '01990000-0000-7000-8000-00000000abcd';
const visit = '01990000-0000-7000-8000-00000000beef';
const line = (id: number, changed = {}) => ({
  id,
  at: '2026-11-23T06:30:05Z',
  actor_id: 'a-1',
  actor_name: 'Sun Yue',
  actor_role: 'auditor',
  action: 'archive.read',
  outcome: 'done',
  subject_type: 'consultation',
  subject_id: visit,
  patient_id: patient,
  ...changed,
});

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/audit': [200, { lines: [line(9)], next_before: null }],
  };
});

function open(path = '/audit', recordPath?: (id: string) => string) {
  const fetchMock = stubApi(answers);
  const page = recordPath ? <AuditPage recordPath={recordPath} /> : <AuditPage />;
  const { router } = renderApp([{ path: '/audit', element: page }], path);
  const asked = () =>
    fetchMock.mock.calls
      .map(([address]) => new URL(address as string, 'http://localhost'))
      .filter(({ pathname }) => pathname === '/api/audit')
      .map(({ search }) => search);
  return { router, asked };
}

it('says who did what, when, to what and about whom', async () => {
  open('/audit', (id) => `/record/${id}`);
  await screen.findByText('Read a record');
  expect(screen.getAllByRole('row')[1]).toHaveTextContent(
    '11/23/2026 14:30:05Sun YueAuditorRead a recordvisit …0000beef…0000abcd',
  );
  expect(screen.getByRole('link', { name: /visit/ })).toHaveAttribute('href', `/record/${visit}`);
});

it('offers no record to who may not read it', async () => {
  open();
  expect(await screen.findByText('Read a record')).toBeVisible();
  expect(screen.queryByRole('link')).toBeNull();
});

it('tells what was refused, what the system did and what nobody signed in did', async () => {
  answers['GET /api/audit'] = [
    200,
    {
      lines: [
        line(9, { action: 'room.join', outcome: 'refused' }),
        line(8, { actor_name: null, actor_role: null, action: 'mail.send' }),
        line(7, { action: 'a.later_action', subject_type: 'later', patient_id: null }),
      ],
      next_before: null,
    },
  ];
  open();
  const rows = within(await screen.findByRole('table'));
  expect(await rows.findByText('Refused')).toBeVisible();
  expect(rows.getByText("The hospital's system")).toBeVisible();
  expect(rows.getByText('a.later_action')).toBeVisible();
  expect(rows.getByText('a.later_action').closest('tr')).toHaveTextContent('later …0000beef');
});

it('goes on to older lines, and back to the newest alone', async () => {
  answers['GET /api/audit'] = [200, { lines: [line(9)], next_before: 9 }];
  const { asked } = open();
  await screen.findByText('Read a record');
  answers['GET /api/audit'] = [200, { lines: [line(8)], next_before: null }];
  await userEvent.click(screen.getByRole('button', { name: 'Show older' }));
  expect(asked()).toEqual(['', '?before=9']);
  await userEvent.click(screen.getByRole('button', { name: 'Read the newest' }));
  expect(asked()).toEqual(['', '?before=9', '']);
});

it('narrows to one patient in the address, and widens again', async () => {
  const { router, asked } = open();
  await userEvent.click(
    await screen.findByRole('button', { name: 'Only lines about patient …0000abcd' }),
  );
  expect(router.state.location.search).toBe(`?patient=${patient}`);
  expect(asked().at(-1)).toBe(`?patient_id=${patient}`);
  await userEvent.click(screen.getByRole('button', { name: 'Show everyone' }));
  expect(router.state.location.search).toBe('');
});

it('has words when there is nothing, and when it fails', async () => {
  answers['GET /api/audit'] = [200, { lines: [], next_before: null }];
  open(`/audit?patient=${patient}`);
  expect(await screen.findByText('No line about this patient.')).toBeVisible();
  answers['GET /api/audit'] = [500, { code: 'internal' }];
  await userEvent.click(screen.getByRole('button', { name: 'Read the newest' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('The trail itself is not affected.');
});

it('has words for every action that leaves a line', () => {
  const source = readFileSync('../domain/action.py', 'utf8');
  const table = source.slice(source.indexOf('class Action'));
  const actions = [...table.matchAll(/ = "([a-z_.]+)"/g)].map(([, action]) => action ?? '');
  expect(actions.length).toBeGreaterThan(20);
  expect(actions.filter((action) => !hasAuditText(`action.${action}`))).toEqual([]);
});
