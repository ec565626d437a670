import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  entriesOf,
  noteOf,
  signerOf,
  TestLog,
  tilesOf,
  type TestSigner,
} from '../../shared/archive/testing';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { ReceiptLine } from './ReceiptLine';
import { ReceiptPage } from './ReceiptPage';

const visit = '01936c5e-7a10-7c3e-9d52-5b0f4a6e8c11';
const other = '01936c5e-7a10-7c3e-9d52-5b0f4a6e8c12';
const log = await signerOf('hospital.example/log', 1);

async function receiptOf(consultationId: string) {
  const entries = await entriesOf(consultationId, [
    { kind: 'arrived', body: {} },
    { kind: 'chat', body: { text: 'Hello' } },
    { kind: 'finished', body: {}, recordedAt: '2026-11-23T17:30:00.5Z' },
  ]);
  const tree = await new TestLog().fill(10);
  const first = await tree.take(entries);
  const [, before, closing] = entries;
  if (!closing) throw new Error('no closing entry');
  return { tree, file: await tree.receiptOf(closing, before, first + 2, [log]) };
}

let answers: Answers;
beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
  };
});

describe('the line after a visit', () => {
  const path = `GET /api/consultations/${visit}/receipt`;
  const show = () => {
    const fetchMock = stubApi(answers);
    renderApp(
      [
        {
          path: '/',
          element: <ReceiptLine consultationId={visit} hospitalZone="Asia/Shanghai" />,
        },
      ],
      '/',
    );
    return fetchMock;
  };

  it('says that the record is sealed, and keeps the receipt under the day of the hospital', async () => {
    const { file } = await receiptOf(visit);
    answers[path] = [200, file];
    let kept: Blob | undefined;
    URL.createObjectURL = vi.fn((blob: Blob) => {
      kept = blob;
      return 'blob:receipt';
    });
    const names: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      names.push(this.download);
    });
    show();
    expect(await screen.findByText("This visit's record is sealed: 3 entries")).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Keep the receipt' }));
    expect(names).toEqual(['televisit-2026-11-24.tlog-proof']);
    expect(kept?.size).toBe(new TextEncoder().encode(file).length);
  });

  it('waits while the record is being sealed', async () => {
    answers[path] = [409, { code: 'archive.not_sealed_yet' }];
    const fetchMock = show();
    expect(await screen.findByText("This visit's record is being sealed")).toBeVisible();
    await waitFor(() => expect(fetchMock.mock.calls.length).toBeGreaterThan(1));
    answers[path] = [200, (await receiptOf(visit)).file];
    expect(await screen.findByText(/record is sealed: 3 entries/)).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it.each([
    ['of another visit', other, (file: string) => file],
    ['with another index', visit, (file: string) => file.replace('index 12', 'index 11')],
  ])('does not take a receipt %s', async (_, of, change) => {
    answers[path] = [200, change((await receiptOf(of)).file)];
    show();
    expect(await screen.findByRole('alert')).toHaveTextContent('The receipt does not hold');
    expect(screen.queryByRole('button', { name: 'Keep the receipt' })).toBeNull();
  });

  it('says why there is none, and tries again', async () => {
    answers[path] = [500, { code: 'internal' }];
    show();
    expect(await screen.findByRole('alert')).toHaveTextContent('The receipt is not here yet');
    answers[path] = [200, (await receiptOf(visit)).file];
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/record is sealed/)).toBeVisible();
  });
});

describe('the page that checks a receipt', () => {
  async function serve(tree: TestLog, signer: TestSigner = log) {
    answers['GET /log/checkpoint'] = [200, await noteOf(tree.leaves, [signer])];
    const size = tree.leaves.length;
    answers[`GET /log/tile/0/000.p/${size}`] = [200, await tilesOf(tree.leaves)(0, 0, size)];
    stubApi(answers);
    renderApp([{ path: '/receipt', element: <ReceiptPage /> }], '/receipt');
  }
  const choose = async (text: string) => {
    const field = document.querySelector<HTMLInputElement>('input[type=file]');
    if (!field) throw new Error('no field for a file');
    await userEvent.upload(field, new File([text], 'visit.tlog-proof', { type: 'text/plain' }));
  };

  it('says that the visit is still part of a log that has grown', async () => {
    const { tree, file } = await receiptOf(visit);
    await tree.fill(7);
    await serve(tree);
    await choose(file);
    expect(await screen.findByText('Still part of the log')).toBeVisible();
    expect(screen.getByText('20')).toBeVisible();
    expect(screen.getByText('hospital.example/log')).toBeVisible();
  });

  it('catches a log that was rewritten', async () => {
    const { file } = await receiptOf(visit);
    await serve(await new TestLog().fill(30));
    await choose(file);
    expect(await screen.findByText('The log was rewritten')).toBeVisible();
    expect(screen.getByText(/ask the hospital and its health authority/)).toBeVisible();
  });

  it('catches a log that went back', async () => {
    const { file } = await receiptOf(visit);
    await serve(await new TestLog().fill(5));
    await choose(file);
    expect(await screen.findByText('The log is shorter than it was')).toBeVisible();
  });

  it('catches another key', async () => {
    const { tree, file } = await receiptOf(visit);
    await serve(tree, await signerOf('hospital.example/log', 7));
    await choose(file);
    expect(await screen.findByText('The log is signed with another key now')).toBeVisible();
  });

  it('tells a changed receipt from another file', async () => {
    const { tree, file } = await receiptOf(visit);
    await serve(tree);
    await choose('Dear patient');
    expect(await screen.findByText('This is not a receipt')).toBeVisible();
    await choose(file.replace('index 12', 'index 11'));
    expect(await screen.findByText('This receipt does not hold')).toBeVisible();
  });

  it('says nothing of the record when the log cannot be reached', async () => {
    const { tree, file } = await receiptOf(visit);
    await serve(tree);
    answers['GET /log/checkpoint'] = [503, { code: 'unavailable' }];
    await choose(file);
    expect(await screen.findByText(/Your receipt is as good as before/)).toBeVisible();
  });

  it.each([
    [
      'en',
      'Still part of the log',
      /On Nov 24, 2026.*let the log begin anew/,
      'Lost then: 8 entries, numbers 15 to 22.',
    ],
    ['zh-CN', '仍在日志中', /2026年11月24日.*重新起头/, '当时遗失 8 条，编号 15 至 22。'],
  ] as const)('follows a log into a new epoch, and says why it began (%s)', async (...said) => {
    const [language, part, began, lost] = said;
    chooseLanguage(language);
    const { tree, file } = await receiptOf(visit);
    await tree.fill(7);
    const next = await signerOf('hospital.example/log/epoch-2', 2);
    const epoch = {
      number: 1,
      origin: log.key.name,
      log_key: log.vkey,
      first_size: 0,
      missing_from: null,
      missing_to: null,
      reason: 'The log begins.',
      began_at: '2026-01-01T00:00:00+00:00',
    };
    const second = {
      ...epoch,
      number: 2,
      origin: next.key.name,
      log_key: next.vkey,
      first_size: 15,
      missing_from: 15,
      missing_to: 23,
      reason: 'The disk broke.',
      began_at: '2026-11-24T06:00:00+00:00',
    };
    answers['GET /log/epochs'] = [200, { epochs: [epoch, second] }];
    await serve(tree, next);
    await choose(file);
    expect(await screen.findByText(part)).toBeVisible();
    expect(screen.getByText(began)).toBeVisible();
    expect(screen.getByText('The disk broke.')).toBeVisible();
    expect(screen.getByText(lost)).toBeVisible();
    second.first_size = 12;
    await choose(file);
    const gone = language === 'en' ? /was lost from the log/ : /已从日志中遗失/;
    expect(await screen.findByText(gone)).toBeVisible();
  });

  it('speaks Chinese', async () => {
    chooseLanguage('zh-CN');
    const { tree, file } = await receiptOf(visit);
    await serve(tree);
    await choose(file);
    expect(await screen.findByText('仍在日志中')).toBeVisible();
  });
});
