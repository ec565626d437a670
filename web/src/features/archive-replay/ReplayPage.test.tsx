import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { ReplayPage } from './ReplayPage';
import { broken, entryOf, intact, record } from './testRecord';

const path = 'GET /api/archive/consultations/c-1';
let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    [path]: [200, record],
    [`${path}/verification`]: [200, intact],
  };
});
afterEach(() => vi.useRealTimers());

function open() {
  const fetchMock = stubApi(answers);
  renderApp(
    [{ path: '/consultations/:id', element: <ReplayPage backTo="/back" /> }],
    '/consultations/c-1',
  );
  return fetchMock;
}

const verdict = () => screen.findByRole('region', { name: 'Verdict' });
// By their tag: asking for roles in a long list is slow without a layout.
const rows = async () => {
  const transcript = await screen.findByRole('region', { name: 'What was said and done' });
  return [...transcript.querySelectorAll('li')];
};
const visibleRows = async () => (await rows()).filter((row) => row.dataset.hidden !== 'true');
const slider = () => screen.findByRole('slider', { name: 'Play head' });
const entryPane = () => screen.getByRole('region', { name: 'The entry' });

describe('the verdict', () => {
  it('says that the record is intact, when and by whom that was checked, and its limits', async () => {
    open();
    expect(await verdict()).toHaveTextContent(
      'Intact · 7 entries, chain checked at 16:20:05 by this server.',
    );
    expect(await verdict()).toHaveTextContent(/televisit archive verify/);
    expect(screen.queryByText('Changed after it was kept')).toBeNull();
  });

  it('names each finding, marks the entry by a word, and leads to it', async () => {
    answers[`${path}/verification`] = [200, broken];
    open();
    expect(await verdict()).toHaveTextContent('Broken · 2 findings');
    expect(await verdict()).toHaveTextContent('The end of the chain is gone');
    await userEvent.click(
      screen.getByRole('button', { name: 'Entry 4 was changed after it was kept.' }),
    );
    expect(within(entryPane()).getByText('Entry 4 of 7')).toBeVisible();
    expect(entryPane()).toHaveTextContent('the link does not hold');
    const marked = (await rows()).filter((row) =>
      /Changed after it was kept/.test(row.textContent),
    );
    expect(marked.map((row) => row.textContent)).toEqual([expect.stringContaining('A cough')]);
  });

  it('speaks Chinese', async () => {
    chooseLanguage('zh-CN');
    answers[`${path}/verification`] = [200, broken];
    open();
    expect(await screen.findByRole('region', { name: '校验结论' })).toHaveTextContent(
      '校验未通过 · 发现 2 处问题，本服务器于 16:20:05 校验。',
    );
    expect(screen.getByRole('button', { name: '第 4 条在存档后被改动过。' })).toBeVisible();
  });

  it('lets a kind of finding that is newer than this page speak for itself', async () => {
    answers[`${path}/verification`] = [
      200,
      { ...broken, findings: [{ seq: 4, kind: 'new-kind', message: 'entry 4 is odd' }] },
    ];
    open();
    expect(await screen.findByRole('button', { name: 'entry 4 is odd' })).toBeVisible();
  });

  it('is withheld, with the record still shown, when the check fails', async () => {
    answers[`${path}/verification`] = [500, { code: 'internal' }];
    open();
    expect(await screen.findByText('Not checked')).toBeVisible();
    expect(await rows()).toHaveLength(7);
    expect(entryPane()).toHaveTextContent('Not checked yet');
  });

  it('is reached again on request, of what is shown then', async () => {
    const fetchMock = open();
    await screen.findByText('Intact');
    answers[`${path}/verification`] = [200, broken];
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
    expect(await screen.findByText('Broken')).toBeVisible();
    const read = fetchMock.mock.calls.map(([address]) => address);
    expect(read.filter((address) => address === '/api/archive/consultations/c-1')).toHaveLength(2);
  });
});

describe('a damaged entry', () => {
  it('is shown as unreadable, with its hash, and breaks nothing', async () => {
    const entries = record.entries.map((entry) =>
      entry.seq === 4
        ? entryOf(4, { body: null, damaged: true, author_name: null, author_role: null })
        : entry,
    );
    answers[path] = [200, { ...record, entries }];
    answers[`${path}/verification`] = [200, broken];
    open();
    await userEvent.click(await screen.findByRole('button', { name: /Entry 4 was changed/ }));
    expect(entryPane()).toHaveTextContent('can no longer be read as it was kept');
    expect(entryPane()).toHaveTextContent('04'.repeat(32));
    expect(within(entryPane()).getByText("The hospital's system")).toBeVisible();
  });

  it('of an unknown kind, or with a body of another shape, is named by its kind', async () => {
    const entries = [
      entryOf(1, { kind: 'future', body: { a: 1 } }),
      entryOf(2, { body: { text: 7 } }),
    ];
    answers[path] = [200, { ...record, entries }];
    open();
    expect((await rows()).map((row) => row.textContent)).toEqual([
      expect.stringContaining('Zhao Lin: future'),
      expect.stringContaining('Zhao Lin: chat'),
    ]);
  });

  it('that is not there leaves a gap, and the next one is not called unchanged', async () => {
    const entries = record.entries.filter(({ seq }) => seq !== 4 && seq !== 5);
    answers[path] = [200, { ...record, entries }];
    answers[`${path}/verification`] = [
      200,
      { ...broken, findings: [{ seq: 4, kind: 'missing', message: 'entries 4 to 5 are missing' }] },
    ];
    open();
    expect(await screen.findByText('Entries 4 to 5 are missing here.')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Entries 4 to 5 are missing.' }));
    expect(entryPane()).toHaveTextContent('Entry 4 of 5');
    expect(entryPane()).toHaveTextContent('Cannot be checked');
  });
});

describe('the entry in hand', () => {
  it('tells who, what, when by the hospital clock, and the hash before', async () => {
    open();
    await userEvent.click(await screen.findByRole('button', { name: /A cough/ }));
    const pane = within(entryPane());
    expect(pane.getByText('Zhao Lin')).toBeVisible();
    expect(pane.getByText('Patient')).toBeVisible();
    expect(pane.getByText('Nov 23, 2026 14:01:05.120')).toBeVisible();
    expect(pane.getByText('Asia/Shanghai, GMT+8')).toBeVisible();
    expect(pane.getByText('03'.repeat(32))).toBeVisible();
    expect(pane.getByText('04'.repeat(32))).toBeVisible();
    expect(await pane.findByText('Unchanged since it was kept')).toBeVisible();
    await userEvent.click(pane.getByRole('button', { name: 'Entry 3' }));
    expect(pane.getByText('Entry 3 of 7')).toBeVisible();
  });
});

describe('the play head', () => {
  it('is a slider that the arrow keys move by entries', async () => {
    open();
    const head = await slider();
    expect(head).toHaveAttribute('aria-valuenow', '7');
    head.focus();
    await userEvent.keyboard('{Home}');
    expect(head).toHaveAttribute('aria-valuenow', '1');
    expect(head).toHaveAttribute(
      'aria-valuetext',
      '14:00:00, entry 1 of 7: Zhao Lin entered the waiting room',
    );
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowLeft}');
    expect(head).toHaveAttribute('aria-valuenow', '3');
    await userEvent.keyboard('{PageUp}');
    expect(head).toHaveAttribute('aria-valuenow', '7');
    await userEvent.keyboard('{PageDown}');
    expect(head).toHaveAttribute('aria-valuenow', '1');
    await userEvent.keyboard('{End}');
    expect(head).toHaveAttribute('aria-valuenow', '7');
  });

  it('hides what is not said yet, unless all is asked for', async () => {
    open();
    (await slider()).focus();
    await userEvent.keyboard('{Home}{ArrowRight}');
    expect(await visibleRows()).toHaveLength(2);
    await userEvent.click(screen.getByRole('switch', { name: 'Show all' }));
    expect(await visibleRows()).toHaveLength(7);
  });

  it('says how silences are played, and in which zone times are', async () => {
    open();
    expect(
      await screen.findByText(
        'Silences longer than 5 seconds are played as 5 seconds: 0:18 instead of 2:10.',
      ),
    ).toBeVisible();
    expect(screen.getByText(/China Standard Time \(Asia\/Shanghai, GMT\+8\)/)).toBeVisible();
  });

  it('plays entries as they were said and stops at the end', async () => {
    open();
    await slider();
    vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'performance'] });
    act(() => screen.getByRole('button', { name: 'Play again' }).click());
    expect(await visibleRows()).toHaveLength(1);
    act(() => void vi.advanceTimersByTime(7_100));
    expect(await visibleRows()).toHaveLength(3);
    act(() => screen.getByRole('button', { name: 'Pause' }).click());
    act(() => void vi.advanceTimersByTime(1_000));
    expect(await visibleRows()).toHaveLength(3);
    act(() => screen.getByRole('button', { name: 'Play' }).click());
    act(() => void vi.advanceTimersByTime(11_500));
    expect(await visibleRows()).toHaveLength(7);
    expect(screen.getByRole('button', { name: 'Play again' })).toBeVisible();
  });
});

describe('a record that cannot be replayed', () => {
  it('says that nothing is kept yet', async () => {
    answers[path] = [200, { ...record, entries: [] }];
    open();
    expect(await screen.findByText('Nothing is kept of this visit yet.')).toBeVisible();
  });

  it('says what is safe when it cannot be read, and tries again', async () => {
    answers[path] = [500, { code: 'internal' }];
    open();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Reading changes nothing in the record.',
    );
    answers[path] = [200, record];
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(async () => expect(await rows()).toHaveLength(7));
  });

  it('holds the place of what loads', async () => {
    stubApi(answers).mockReturnValue(new Promise(() => undefined));
    renderApp(
      [{ path: '/consultations/:id', element: <ReplayPage backTo="/back" /> }],
      '/consultations/c-1',
    );
    expect(await screen.findByRole('status', { name: 'Opening the record' })).toBeVisible();
  });

  it('holds a record of one entry still', async () => {
    answers[path] = [200, { ...record, entries: record.entries.slice(0, 1) }];
    open();
    expect(await slider()).toHaveAttribute('aria-valuemax', '1');
    expect(screen.getByRole('button', { name: 'Play again' })).toBeDisabled();
  });
});
