import {
  fireEvent,
  screen,
  within,
  type BoundFunctions,
  type queries,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { RetentionPage } from './RetentionPage';
import { approval, destroyed, hold, record, request, terms } from './samples';

let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  vi.useFakeTimers({ now: new Date('2042-01-02T06:00:00Z'), toFake: ['Date'] });
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    'GET /api/retention/requests': [200, { requests: [] }],
    'GET /api/retention/holds': [200, { holds: [] }],
    'GET /api/retention/records': [200, { terms, records: [record()], more: false }],
  };
  return () => vi.useRealTimers();
});

function open(path = '/') {
  const fetchMock = stubApi(answers);
  const { router } = renderApp([{ path: '/', element: <RetentionPage /> }], path);
  const sent = () =>
    fetchMock.mock.calls.flatMap(([address, init]) =>
      init?.method === 'POST'
        ? [
            {
              address: address as string,
              body:
                init.body === undefined ? undefined : (JSON.parse(init.body as string) as unknown),
            },
          ]
        : [],
    );
  const asked = () => fetchMock.mock.calls.map(([address]) => address as string);
  return { router, sent, asked };
}

const dialog = async () => within(await screen.findByRole('dialog'));
const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));
const fill = (scope: BoundFunctions<typeof queries>, label: string | RegExp, value: string) =>
  fireEvent.change(scope.getByLabelText(label), { target: { value } });

describe('requests', () => {
  it('say that there are none and lead to the records', async () => {
    const { router } = open();
    expect(await screen.findByText('Nobody has asked for a destruction.')).toBeVisible();
    await press('See the records');
    expect(router.state.location.search).toBe('?show=records');
    expect(await screen.findByText('Zhao Lin')).toBeVisible();
  });

  it('say who asked, who approved, what is needed and until when', async () => {
    const once = request({
      state: 'approved-once',
      approvals: [approval('Chen')],
      approvals_missing: 1,
    });
    answers['GET /api/retention/requests'] = [200, { requests: [once] }];
    open();
    const card = within(await screen.findByRole('article', { name: 'Destroy 1 record' }));
    expect(card.getByText('Needs 1 approval')).toBeVisible();
    expect(card.getByText('Zhou, Jan 1, 2042 14:00')).toBeVisible();
    expect(card.getByText('Chen, Jan 1, 2042 16:00')).toBeVisible();
    expect(card.getByText('waiting')).toBeVisible();
    expect(card.getByText(/One more person must approve/)).toHaveTextContent(
      'Everything expires in 2 days, on Jan 4, 2042 14:00.',
    );
    expect(screen.getByRole('tab', { name: /Requests/ })).toHaveTextContent('1');
  });

  it('are approved with the password, after it is said what follows', async () => {
    answers['GET /api/retention/requests'] = [200, { requests: [request()] }];
    answers['POST /api/retention/requests/r-1/approve'] = [200, request({ approved_by_me: true })];
    const { sent } = open();
    await userEvent.click(await screen.findByRole('button', { name: 'Approve' }));
    const scope = await dialog();
    expect(scope.getByText(/Nobody will be able to read/)).toBeVisible();
    expect(scope.getByText(/stays provable/)).toBeVisible();
    expect(scope.getByText(/One more person must approve/)).toBeVisible();
    await userEvent.click(scope.getByRole('button', { name: 'Approve the destruction' }));
    expect(scope.getByText('Fill this in.')).toBeVisible();
    expect(sent()).toEqual([]);
    fill(scope, /Your password, again/, 'mine');
    await userEvent.click(scope.getByRole('button', { name: 'Approve the destruction' }));
    expect(await screen.findByText('Your approval is kept.')).toBeVisible();
    expect(sent()).toEqual([
      { address: '/api/retention/requests/r-1/approve', body: { password: 'mine' } },
    ]);
  });

  it('say a wrong password beside its field, until it is changed', async () => {
    answers['GET /api/retention/requests'] = [200, { requests: [request()] }];
    answers['POST /api/retention/requests/r-1/approve'] = [
      422,
      { code: 'auth.wrong_password', fields: { password: 'invalid' } },
    ];
    open();
    await userEvent.click(await screen.findByRole('button', { name: 'Approve' }));
    const scope = await dialog();
    fill(scope, /Your password, again/, 'other');
    await userEvent.click(scope.getByRole('button', { name: 'Approve the destruction' }));
    expect(await scope.findByText('This is not your password.')).toBeVisible();
    fill(scope, /Your password, again/, 'mine');
    expect(scope.queryByText('This is not your password.')).toBeNull();
  });

  it('tell a person that another must approve, in words', async () => {
    answers['GET /api/retention/requests'] = [200, { requests: [request()] }];
    answers['POST /api/retention/requests/r-1/approve'] = [
      409,
      { code: 'retention.account_too_new' },
    ];
    open();
    await userEvent.click(await screen.findByRole('button', { name: 'Approve' }));
    const scope = await dialog();
    fill(scope, /Your password, again/, 'mine');
    await userEvent.click(scope.getByRole('button', { name: 'Approve the destruction' }));
    expect(await scope.findByRole('alert')).toHaveTextContent('Your account is too new for this.');
  });

  it('are destroyed by one who says so twice, and what came in between is said', async () => {
    const ready = request({
      state: 'approved',
      approvals: [approval('Chen'), approval('Sun')],
      approvals_missing: 0,
      records: 3,
      spared: 1,
    });
    answers['GET /api/retention/requests'] = [200, { requests: [ready] }];
    answers['POST /api/retention/requests/r-1/destroy'] = [
      200,
      { ...ready, state: 'key-destroyed', destroyed: destroyed() },
    ];
    const { sent } = open();
    expect(await screen.findByText(/1 record was taken out again/)).toBeVisible();
    await press('Destroy');
    let scope = await dialog();
    expect(scope.getByText('Destroy 2 records now?')).toBeVisible();
    await userEvent.click(scope.getByRole('button', { name: 'Destroy 2 records' }));
    expect(await screen.findByText(/Nobody can read these records here again/)).toBeVisible();
    expect(sent()).toHaveLength(1);

    answers['POST /api/retention/requests/r-1/destroy'] = [200, { ...ready, state: 'refused' }];
    await press('Destroy');
    scope = await dialog();
    await userEvent.click(scope.getByRole('button', { name: 'Destroy 2 records' }));
    expect(await screen.findByText(/Nothing was destroyed: a legal hold/)).toBeVisible();
  });

  it('that are over say how they ended', async () => {
    answers['GET /api/retention/requests'] = [
      200,
      {
        requests: [
          request({
            id: 'r-2',
            state: 'refused',
            ending: { by_name: 'Chen', at: '2042-01-01T08:00:00Z', reason: 'A complaint' },
          }),
          request({
            id: 'r-3',
            state: 'key-destroyed',
            approvals: [approval('Chen'), approval('Sun')],
            destroyed: destroyed(),
          }),
          request({
            id: 'r-4',
            state: 'expired',
            ending: { by_name: null, at: '2042-01-01T08:00:00Z', reason: null },
          }),
        ],
      },
    ];
    open();
    expect(await screen.findByText(/Ended by Chen on/)).toHaveTextContent('A complaint');
    expect(screen.getByText(/Ended by itself on Jan 1, 2042/)).toBeVisible();
    expect(screen.getByText(/Complete on Feb 5, 2042/)).toBeVisible();
    const openOnes = within(screen.getByRole('region', { name: 'Under way' }));
    expect(openOnes.getByText('Destroyed, in backups still')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('show their records when somebody looks', async () => {
    answers['GET /api/retention/requests'] = [200, { requests: [request({ own: true })] }];
    answers['GET /api/retention/requests/r-1'] = [
      200,
      {
        request: request(),
        records: [
          {
            consultation_id: 'c-1',
            patient_name: 'Zhao Lin',
            practitioner_name: 'Li Wenbo',
            scheduled_start: '2026-11-23T06:00:00Z',
            ended_at: null,
            due_at: '2041-11-23T06:20:00Z',
            rule: 'RET-1',
            spared: 'on_hold',
            register_seq: null,
          },
        ],
      },
    ];
    const { asked } = open();
    const button = await screen.findByRole('button', { name: 'Show 1 record' });
    expect(asked()).not.toContain('/api/retention/requests/r-1');
    await userEvent.click(button);
    expect(await screen.findByText('Taken out: legal hold')).toBeVisible();
    expect(screen.getByText('11/23/2041 · RET-1')).toBeVisible();
  });

  it('say that all is kept when they cannot be read', async () => {
    answers['GET /api/retention/requests'] = [500, { code: 'internal' }];
    open();
    expect(await screen.findByRole('alert')).toHaveTextContent('Everything is kept as it was.');
  });
});

describe('records', () => {
  it('say until when, by which rule, and what hinders', async () => {
    const kinds = [null, 'before_term', 'on_hold', 'requested'] as const;
    answers['GET /api/retention/records'] = [
      200,
      {
        terms,
        records: kinds.map((hindrance, index) =>
          record({ consultation_id: `c-${index}`, hindrance }),
        ),
        more: true,
      },
    ];
    open('/?show=records');
    expect(await screen.findAllByText('11/23/2041 · RET-1')).toHaveLength(4);
    for (const word of ['May be destroyed', 'Must be kept', 'Legal hold', 'Requested']) {
      expect(screen.getByText(word)).toBeVisible();
    }
    expect(screen.getAllByRole('button', { name: /^Ask to destroy the record/ })).toHaveLength(1);
    expect(screen.getByText(/kept 15 years from the patient/)).toBeVisible();
    expect(screen.getByText(/There are more/)).toBeVisible();
  });

  it('are asked for with reason and password, all mistakes said at once', async () => {
    answers['POST /api/retention/requests'] = [
      201,
      { request: request({ own: true }), left_out: [], more: false },
    ];
    const { sent } = open('/?show=records');
    await userEvent.click(
      await screen.findByRole('button', { name: /^Ask to destroy the record/ }),
    );
    const scope = await dialog();
    await userEvent.click(scope.getByRole('button', { name: 'Ask for the destruction' }));
    expect(scope.getAllByText('Fill this in.')).toHaveLength(2);
    fill(scope, 'Why it may be destroyed', ' Term is over ');
    fill(scope, /Your password, again/, 'mine');
    await userEvent.click(scope.getByRole('button', { name: 'Ask for the destruction' }));
    expect(await screen.findByText(/The destruction of 1 record is requested/)).toBeVisible();
    expect(sent()[0]?.body).toEqual({
      consultation_id: 'c-1',
      reason: 'Term is over',
      password: 'mine',
    });
  });

  it('that are due are asked for together, and what stays out is said', async () => {
    answers['POST /api/retention/requests'] = [
      201,
      {
        request: request({ own: true, records: 200 }),
        left_out: [record({ hindrance: 'on_hold' })],
        more: true,
      },
    ];
    const { sent } = open('/?show=records');
    await screen.findByText('Zhao Lin');
    await press('Ask to destroy all that are due');
    const scope = await dialog();
    fill(scope, /Whose term had ended by/, '2041-12-31');
    fill(scope, 'Why it may be destroyed', 'Terms are over');
    fill(scope, /Your password, again/, 'mine');
    await userEvent.click(scope.getByRole('button', { name: 'Ask for the destruction' }));
    expect(await screen.findByText(/1 record that is due stays out/)).toHaveTextContent(
      'More than 200 are due',
    );
    expect(sent()[0]?.body).toEqual({
      due_by: '2041-12-31',
      reason: 'Terms are over',
      password: 'mine',
    });
  });

  it('are held, one or all of a patient', async () => {
    answers['POST /api/retention/holds'] = [201, hold({ consultation_id: null })];
    const { sent } = open('/?show=records');
    await userEvent.click(await screen.findByRole('button', { name: /^Place a legal hold/ }));
    const scope = await dialog();
    await userEvent.click(scope.getByLabelText(/All records of Zhao Lin/));
    fill(scope, 'Why it is held', 'Lawsuit');
    await userEvent.click(scope.getByRole('button', { name: 'Place the hold' }));
    expect(await screen.findByText('The hold on Zhao Lin stands.')).toBeVisible();
    expect(sent()[0]?.body).toEqual({ patient_id: 'p-1', reason: 'Lawsuit' });
  });

  it('are narrowed by name and by term, and have words when none fits', async () => {
    const { asked } = open('/?show=records');
    await screen.findByText('Zhao Lin');
    answers['GET /api/retention/records'] = [200, { terms, records: [], more: false }];
    fireEvent.change(screen.getByLabelText("Part of the patient's name"), {
      target: { value: ' Li ' },
    });
    await press('Find');
    expect(await screen.findByText('No record fits.')).toBeVisible();
    fireEvent.change(screen.getByLabelText('Which records'), { target: { value: 'due' } });
    expect(await screen.findByText('No record fits.')).toBeVisible();
    expect(asked().at(-1)).toBe('/api/retention/records?patient=Li&due_by=2042-01-02');
    await press('Show all records');
    expect(screen.getByLabelText("Part of the patient's name")).toHaveValue('');
  });

  it('say a name that cannot be one beside the field', async () => {
    open('/?show=records');
    await screen.findByText('Zhao Lin');
    answers['GET /api/retention/records'] = [
      422,
      { code: 'input.invalid', fields: { patient: 'too_short' } },
    ];
    fireEvent.change(screen.getByLabelText("Part of the patient's name"), {
      target: { value: 'x' },
    });
    await press('Find');
    expect(await screen.findByText('This is too short.')).toBeVisible();
  });
});

describe('holds', () => {
  it('say why, by whom and since when, and are lifted with a reason', async () => {
    answers['GET /api/retention/holds'] = [
      200,
      {
        holds: [
          hold(),
          hold({
            id: 'h-2',
            consultation_id: null,
            lift: { by_name: 'Sun', at: '2042-01-01T06:00:00Z', reason: 'Settled' },
          }),
        ],
      },
    ];
    answers['POST /api/retention/holds/h-1/lift'] = [204];
    const { sent } = open('/?show=holds');
    expect(await screen.findAllByText('Lawsuit 12')).toHaveLength(2);
    expect(screen.getByText('Lifted by Sun, 01/01/2042')).toBeVisible();
    await press('Lift the hold on Zhao Lin');
    const scope = await dialog();
    fill(scope, 'Why it can be lifted', 'Settled');
    await userEvent.click(scope.getByRole('button', { name: 'Lift the hold' }));
    expect(await screen.findByText('The hold on Zhao Lin is lifted.')).toBeVisible();
    expect(sent()).toEqual([
      { address: '/api/retention/holds/h-1/lift', body: { reason: 'Settled' } },
    ]);
  });

  it('say that there are none', async () => {
    open('/?show=holds');
    expect(await screen.findByText('Nothing is under a legal hold.')).toBeVisible();
  });

  it('speak Chinese', async () => {
    chooseLanguage('zh-CN');
    answers['GET /api/retention/holds'] = [200, { holds: [hold()] }];
    open('/?show=holds');
    expect(await screen.findByText('保全中')).toBeVisible();
    expect(screen.getByRole('button', { name: '解除对Zhao Lin的保全' })).toBeVisible();
  });
});
