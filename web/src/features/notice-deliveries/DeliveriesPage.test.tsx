import { readFileSync } from 'node:fs';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { DeliveriesPage } from './DeliveriesPage';
import { hasDeliveriesText } from './strings';

const notice = {
  id: 'n-1',
  kind: 'appointment-made',
  channel: 'email',
  state: 'given-up',
  tries: 1,
  reason: '550',
  provider_id: null,
  due_at: '2026-11-23T06:00:00Z',
  created_at: '2026-11-23T06:00:00Z',
  moved_at: '2026-11-23T06:00:01Z',
  appointment_id: 'a-1',
  starts_at: '2026-11-26T06:00:00Z',
  patient_id: 'p-1',
  patient_name: '李晓兰',
};

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/notices': [200, { notices: [notice], next_before: null }],
    'GET /api/notice-figures': [
      200,
      {
        days: 30,
        counts: [
          { channel: 'email', state: 'sent', unsent: false, count: 40 },
          { channel: 'email', state: 'given-up', unsent: false, count: 1 },
          { channel: 'email', state: 'waiting', unsent: false, count: 3 },
          { channel: 'email', state: 'dropped', unsent: true, count: 5 },
          { channel: 'email', state: 'dropped', unsent: false, count: 2 },
        ],
      },
    ],
    'POST /api/notices/n-1/send-again': [204],
  };
});

function open() {
  const fetchMock = stubApi(answers);
  renderApp([{ path: '/', element: <DeliveriesPage /> }], '/');
  return fetchMock;
}

it('says what failed and why, and sends it again', async () => {
  open();
  expect(await screen.findByText('Visit booked')).toBeVisible();
  expect(screen.getByText(/refuses it for good \(reply 550\)/)).toBeVisible();
  const bar = await screen.findByRole('img', {
    name: 'E-mail: 1 given up, 5 not sent, 3 waiting, 40 sent, 2 not needed',
  });
  // No two neighbours are told apart by colour alone.
  const drawn = [...bar.children].map((part) => part.getAttribute('data-pattern'));
  expect(drawn.slice(1).every((pattern, at) => pattern !== drawn[at])).toBe(true);
  answers['GET /api/notices'] = [200, { notices: [], next_before: null }];
  await userEvent.click(screen.getByRole('button', { name: 'Send again: Visit booked, 李晓兰' }));
  expect(await screen.findByText('It is on its way again.')).toBeVisible();
  expect(await screen.findByText('Nothing was given up.')).toBeVisible();
});

it('says when the notice has moved on meanwhile', async () => {
  answers['POST /api/notices/n-1/send-again'] = [409, { code: 'notice.wrong_state' }];
  open();
  await userEvent.click(await screen.findByRole('button', { name: /^Send again/ }));
  expect(await screen.findByRole('alert')).toHaveTextContent('changed in the meantime');
});

it('offers to send again only what was given up', async () => {
  answers['GET /api/notices'] = [
    200,
    { notices: [{ ...notice, state: 'sent', reason: null }], next_before: null },
  ];
  open();
  expect(await screen.findByText('Visit booked')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Send again/ })).toBeNull();
});

it.each([
  ['no_server', 'not sent'],
  ['too_late', 'not sent'],
  ['superseded', 'not needed'],
])('says of one dropped as %s that it was %s', async (reason, words) => {
  answers['GET /api/notices'] = [
    200,
    { notices: [{ ...notice, state: 'dropped', reason }], next_before: null },
  ];
  answers['GET /api/notice-figures'] = [200, { days: 30, counts: [] }];
  open();
  expect((await screen.findByText('Visit booked')).closest('tr')).toHaveTextContent(words);
});

it('says that notices go on when they cannot be read', async () => {
  answers['GET /api/notices'] = [500, { code: 'internal' }];
  open();
  expect(await screen.findByRole('alert')).toHaveTextContent('Notices go on being sent.');
});

it('has words for every kind, state and reason', () => {
  const source = readFileSync('../domain/notices.py', 'utf8');
  const valuesOf = (name: string) => {
    const from = source.indexOf(`class ${name}(`);
    const part = source.slice(from, source.indexOf('\n\n\n', from));
    return [...part.matchAll(/ = "([a-z_-]+)"/g)].map(([, value]) => value ?? '');
  };
  for (const [name, prefix] of [
    ['Notice', 'kind'],
    ['DeliveryState', 'state'],
    ['Reason', 'reason'],
    ['NoticeChannel', 'channel'],
  ] as const) {
    const values = valuesOf(name);
    expect(values.length).toBeGreaterThan(1);
    expect(values.filter((value) => !hasDeliveriesText(`${prefix}.${value}`))).toEqual([]);
  }
});
