import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { renderApp, stubApi, type Answers } from '../../shared/test/renderApp';
import { ReplayPage } from './ReplayPage';
import {
  answer,
  changedAt,
  intact,
  laterEntries,
  logSigner,
  otherSigner,
  proof,
  proofOf,
  visitId,
  witnessed,
  witnessSigner,
} from './testRecord';

const path = `GET /api/archive/consultations/${visitId}`;
let answers: Answers;

beforeEach(() => {
  chooseLanguage('en');
  localStorage.clear();
  answers = {
    'GET /api/hospital': [200, { name: 'Mingde', demo: false, time_zone: 'Asia/Shanghai' }],
    [path]: [200, answer],
    [`${path}/proof`]: [200, proof],
    [`${path}/verification`]: [200, intact],
  };
});
afterEach(() => vi.useRealTimers());

function open(mark = '') {
  const fetchMock = stubApi(answers);
  renderApp(
    [{ path: '/consultations/:id', element: <ReplayPage backTo="/back" /> }],
    `/consultations/${visitId}${mark}`,
  );
  return fetchMock;
}

const verdict = () => screen.getByRole('region', { name: 'Verdict' });
const reached = async (word: string | RegExp) => {
  await screen.findByText(word);
  return verdict();
};
// By their tag: asking for roles in a long list is slow without a layout.
const rows = async () => {
  const transcript = await screen.findByRole('region', { name: 'What was said and done' });
  return [...transcript.querySelectorAll('li')];
};
const visibleRows = async () => (await rows()).filter((row) => row.dataset.hidden !== 'true');
const slider = () => screen.findByRole('slider', { name: 'Play head' });
const entryPane = () => screen.getByRole('region', { name: 'The entry' });
const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));

describe('the verdict', () => {
  it("says that the record is intact against this server's key, and its limits", async () => {
    open();
    const region = await reached("Intact against this server's key");
    expect(region).toHaveTextContent(
      /7 entries stand in the signed log\. Checked in this browser at/,
    );
    expect(region).toHaveTextContent('No witness has confirmed this log.');
    expect(region).toHaveTextContent('This check is a convenience');
    expect(screen.queryByText('Changed after it was kept')).toBeNull();
  });

  it('names the witnesses', async () => {
    answers[`${path}/proof`] = [200, witnessed];
    open();
    const region = await reached('Intact and witnessed by 1');
    const names = within(region).getByRole('list', { name: 'Witnesses' });
    expect(names).toHaveTextContent('witness.example/w saw the log at');
  });

  it('names the entry of which one byte was changed, and leads to it', async () => {
    answers[path] = [200, changedAt(4, { body: { text: 'A couch, for a week.' } })];
    open();
    expect(await reached('Broken')).toHaveTextContent('Broken · 1 finding');
    await press('Entry 4: what it says is not what was kept. It was changed.');
    expect(within(entryPane()).getByText('Entry 4 of 7')).toBeVisible();
    expect(entryPane()).not.toHaveTextContent('the link does not hold');
    const marked = (await rows()).filter((row) => /Text changed/.test(row.textContent));
    expect(marked.map((row) => row.textContent)).toEqual([expect.stringContaining('A couch')]);
  });

  it('says where the chain itself is broken', async () => {
    answers[path] = [200, changedAt(4, { kind: 'left' })];
    open();
    await reached('Broken');
    await press(/^Entry 4 was changed/);
    expect(entryPane()).toHaveTextContent('the link does not hold');
  });

  it('adds what only the server can see, and says it once', async () => {
    answers[path] = [200, changedAt(4, { body: null, salt: null, damaged: true })];
    answers[`${path}/verification`] = [
      200,
      {
        ...intact,
        verdict: 'broken',
        findings: [
          { conversation_id: visitId, seq: 4, kind: 'body-damaged', message: 'damaged' },
          { conversation_id: visitId, seq: null, kind: 'head-missing', message: 'no head' },
        ],
      },
    ];
    open();
    expect(await reached('Broken')).toHaveTextContent('2 findings');
    expect(verdict()).toHaveTextContent('The end of the chain is gone');
    expect(verdict()).toHaveTextContent('Entry 4: what it said was changed');
  });

  it('says that a log is signed with another key', async () => {
    const { checkpoint } = await proofOf(answer.entries, [otherSigner]);
    answers[`${path}/proof`] = [200, { ...proof, checkpoint }];
    open();
    expect(await reached('Broken')).toHaveTextContent('The log is not signed with this key');
  });

  it('speaks Chinese', async () => {
    chooseLanguage('zh-CN');
    answers[path] = [200, changedAt(4, { kind: 'left' })];
    open();
    await screen.findByText('校验未通过');
    expect(screen.getByRole('region', { name: '校验结论' })).toHaveTextContent('发现 1 处问题');
    expect(
      screen.getByRole('button', { name: '第 4 条在存档后被改动，或与前一条不相接。' }),
    ).toBeVisible();
  });

  it('lets a kind of finding that is newer than this page speak for itself', async () => {
    const finding = { conversation_id: visitId, seq: 4, kind: 'new-kind', message: '4 is odd' };
    answers[`${path}/verification`] = [200, { ...intact, findings: [finding] }];
    open();
    expect(await screen.findByRole('button', { name: '4 is odd' })).toBeVisible();
  });

  it('is withheld, with the record still shown, when there is no proof', async () => {
    answers[`${path}/proof`] = [500, { code: 'internal' }];
    open();
    expect(await screen.findByText('Not checked')).toBeVisible();
    expect(await rows()).toHaveLength(7);
    expect(entryPane()).toHaveTextContent('Not checked yet');
  });

  it('is reached without the server, which then says nothing of the end', async () => {
    answers[`${path}/verification`] = [403, { code: 'forbidden' }];
    open();
    expect(await reached("Intact against this server's key")).toHaveTextContent(
      'an end cut off could go unnoticed',
    );
  });

  it('is reached again on request, of what is shown then; the proof is read first', async () => {
    const fetchMock = open();
    await reached("Intact against this server's key");
    answers[path] = [200, changedAt(4, { kind: 'left' })];
    await press('Check again');
    expect(await screen.findByText('Broken')).toBeVisible();
    const own = fetchMock.mock.calls
      .map(([address]) => address as string)
      .filter((address) => address.includes(visitId) && !address.endsWith('verification'));
    const record = `/api/archive/consultations/${visitId}`;
    expect(own).toEqual([`${record}/proof`, record, `${record}/proof`, record]);
  });
});

describe('neither broken nor hidden', () => {
  it('an entry that is not sealed yet', async () => {
    const entries = proof.entries.map((one) =>
      one.seq === 7 ? { ...one, index: null, path: [] } : one,
    );
    answers[`${path}/proof`] = [200, { ...proof, entries }];
    open();
    const region = await reached("Intact against this server's key");
    expect(region).toHaveTextContent('1 entry is not sealed yet.');
    expect((await rows()).at(-1)).toHaveTextContent('Not sealed yet');
    expect(entryPane()).toHaveTextContent('In order, and not sealed in the log yet');
    expect(entryPane()).toHaveTextContent('Not in the log yet.');
  });

  it('a record of which nothing is sealed', async () => {
    const entries = proof.entries.map((one) => ({ ...one, index: null, path: [] }));
    answers[`${path}/proof`] = [200, { ...proof, entries }];
    open();
    expect(await screen.findByText('Not sealed yet', { selector: 'strong' })).toBeVisible();
  });

  it('texts that were destroyed', async () => {
    const destroyed = answer.entries.map((entry) => ({ ...entry, body: null, salt: null }));
    const destruction = {
      destroyed_at: '2056-11-23T02:00:00Z',
      rule: 'RET-1',
      requested_by_name: 'Ma Li',
      approved_by_names: ['Wu Jing', 'Sun Yue'],
    };
    answers[path] = [200, { ...answer, destruction, entries: destroyed }];
    open();
    const region = await reached("Intact against this server's key");
    expect(region).toHaveTextContent('The texts of 7 entries were destroyed.');
    expect(region).toHaveTextContent(
      'Destroyed on Nov 23, 2056 under RET-1: asked for by Ma Li, approved by Wu Jing and Sun Yue.',
    );
    expect(entryPane()).toHaveTextContent('The text was destroyed; all else is unchanged');
  });

  it('what was added after the visit, in a section of its own that is not played', async () => {
    const all = [...answer.entries, ...laterEntries];
    answers[path] = [200, { ...answer, entries: all }];
    answers[`${path}/proof`] = [200, await proofOf(all)];
    open();
    await reached("Intact against this server's key");
    expect(screen.getByRole('heading', { name: 'After the visit' })).toBeVisible();
    expect(await slider()).toHaveAttribute('aria-valuemax', '7');
    await press(/x-ray\.png/);
    expect(entryPane()).toHaveTextContent('Entry 8 of 8, after the visit');
    expect(entryPane()).toHaveTextContent('20,480 bytes');
    expect(within(entryPane()).getByText('ab'.repeat(32))).toBeVisible();
    expect(await slider()).toHaveAttribute('aria-valuenow', '7');
  });
});

describe('the keys', () => {
  it('are remembered, and a change is said until it is confirmed', async () => {
    answers[`${path}/proof`] = [200, await proofOf(answer.entries, [otherSigner])];
    localStorage.setItem(
      'televisit.archive.first-log-key',
      JSON.stringify({ key: logSigner.vkey, since: '2026-10-01T00:00:00Z' }),
    );
    open();
    await reached("Intact against this server's key");
    expect(screen.getByRole('alert')).toHaveTextContent(
      /is not the one that this browser saw first, on Oct 1, 2026/,
    );
    await press('I have confirmed the new key');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(localStorage.getItem('televisit.archive.first-log-key')).toContain(otherSigner.vkey);
  });

  it('that were obtained elsewhere are checked against instead', async () => {
    answers[`${path}/proof`] = [200, { ...witnessed, witness_keys: [] }];
    open();
    await reached("Intact against this server's key");
    await press('Keys');
    const field = await screen.findByRole('textbox', { name: 'Keys obtained elsewhere' });
    await userEvent.type(field, 'no key');
    await press('Check against these');
    expect(await screen.findByText(/These are no keys/)).toBeVisible();
    await userEvent.clear(field);
    await userEvent.click(field);
    // At once: a key is longer than anybody types.
    await userEvent.paste(`${logSigner.vkey}\n${witnessSigner.vkey}`);
    await press('Check against these');
    expect(await reached('Intact and witnessed by 1')).toHaveTextContent(
      'Checked against the keys you brought, of hospital.example/log.',
    );
    await press('Keys');
    await userEvent.click(await screen.findByRole('button', { name: "Use the server's again" }));
    await reached("Intact against this server's key");
  });

  it('of another log make it broken', async () => {
    localStorage.setItem('televisit.archive.own-keys', otherSigner.vkey);
    open();
    expect(await reached('Broken')).toHaveTextContent('The log is not signed with this key');
  });
});

describe('the evidence', () => {
  it('is exported for a reason, and it is said how to verify it', async () => {
    URL.createObjectURL = vi.fn(() => 'blob:pack');
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    const fetchMock = open();
    await reached("Intact against this server's key");
    await press('Export');
    await userEvent.click(await screen.findByRole('button', { name: 'Export the pack' }));
    expect(screen.getByText('Say what the evidence is for.')).toBeVisible();
    await userEvent.type(screen.getByRole('textbox', { name: 'Reason' }), 'Complaint 12');
    await press('Export the pack');
    expect(await screen.findByRole('alert')).toBeVisible();
    answers[`${path}/pack`] = [200, new Uint8Array([80, 75])];
    await press('Export the pack');
    expect(await screen.findByText(/is in your downloads/)).toBeVisible();
    expect(clicked).toHaveBeenCalledOnce();
    const asked = fetchMock.mock.calls.map(([address]) => address as string);
    expect(asked.at(-1)).toMatch(/\/pack\?reason=Complaint\+12$/);
    expect(screen.getByText(/python3 pack\/verify\.pyz/)).toBeVisible();
  });

  it('takes the files along unless that is not wanted, and says how many there are', async () => {
    URL.createObjectURL = vi.fn(() => 'blob:pack');
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    answers[path] = [200, { ...answer, entries: [...answer.entries, ...laterEntries] }];
    answers[`${path}/pack`] = [200, new Uint8Array([80, 75])];
    const fetchMock = open();
    await screen.findByRole('region', { name: 'What was said and done' });
    await press('Export');
    const box = await screen.findByRole('checkbox', { name: 'With pictures and documents (1)' });
    expect(box).toBeChecked();
    await userEvent.type(screen.getByRole('textbox', { name: 'Reason' }), 'Complaint 12');
    const packs = () =>
      fetchMock.mock.calls.map(([address]) => address as string).filter((one) => /pack/.test(one));
    await press('Export the pack');
    await waitFor(() => expect(packs().at(-1)).toMatch(/\/pack\?reason=Complaint\+12&files=true$/));
    await screen.findByText(/is in your downloads/);
    await userEvent.click(box);
    expect(screen.getByText(/but not their contents/)).toBeVisible();
    await press('Export the pack');
    await waitFor(() => expect(packs()).toHaveLength(2));
    expect(packs().at(-1)).toMatch(/\/pack\?reason=Complaint\+12$/);
  });
});

describe('a damaged entry', () => {
  it('is shown as unreadable, with its hash, and breaks nothing', async () => {
    answers[path] = [
      200,
      changedAt(4, { body: null, damaged: true, author_name: null, author_role: null }),
    ];
    open();
    await userEvent.click(await screen.findByRole('button', { name: /^Entry 4: what it said/ }));
    expect(entryPane()).toHaveTextContent('can no longer be read as it was kept');
    expect(entryPane()).toHaveTextContent(answer.entries[3]?.entry_hash ?? 'none');
    expect(within(entryPane()).getByText("The hospital's system")).toBeVisible();
  });

  it('of an unknown kind, or with a body of another shape, is named by its kind', async () => {
    const [one, two] = answer.entries;
    const entries = [
      { ...one, kind: 'future', body: { a: 1 } },
      { ...two, kind: 'chat', body: { text: 7 } },
    ];
    answers[path] = [200, { ...answer, entries }];
    open();
    expect((await rows()).map((row) => row.textContent)).toEqual([
      expect.stringContaining('Zhao Lin: future'),
      expect.stringContaining('Li Wenbo: chat'),
    ]);
  });

  it('that is not there leaves a gap', async () => {
    const entries = answer.entries.filter(({ seq }) => seq !== 4 && seq !== 5);
    answers[path] = [200, { ...answer, entries }];
    open();
    expect(await screen.findByText('Entries 4 to 5 are missing here.')).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Entries 4 to 5 are missing.' }),
    );
    expect(entryPane()).toHaveTextContent('Entry 4 of 5');
  });
});

describe('the entry in hand', () => {
  it.each([
    ['#entry-3', 'Entry 3 of 7'],
    ['#entry-99', 'Entry 7 of 7'],
    ['', 'Entry 7 of 7'],
  ])('is the one that the address %j names, or the last', async (mark, heading) => {
    open(mark);
    await reached("Intact against this server's key");
    expect(within(entryPane()).getByText(heading)).toBeVisible();
    expect(await visibleRows()).toHaveLength(7);
  });

  it('tells who, what, when by the hospital clock, its hash and its place in the log', async () => {
    open();
    await userEvent.click(await screen.findByRole('button', { name: /A cough/ }));
    const pane = within(entryPane());
    expect(pane.getByText('Zhao Lin')).toBeVisible();
    expect(pane.getByText('Patient')).toBeVisible();
    expect(pane.getByText('Nov 23, 2026 14:01:05.120')).toBeVisible();
    expect(pane.getByText('Asia/Shanghai, GMT+8')).toBeVisible();
    expect(pane.getByText(answer.entries[2]?.entry_hash ?? 'none')).toBeVisible();
    expect(pane.getByText(answer.entries[3]?.entry_hash ?? 'none')).toBeVisible();
    expect(
      await pane.findByText('Unchanged since it was kept, and sealed in the log'),
    ).toBeVisible();
    expect(pane.getByText(/Number 24 of 28 in the log/)).toBeVisible();
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

  it('plays in real time unless silences are to be skipped, by the switch or by a key', async () => {
    open();
    expect(await screen.findByText('Played in its own time: 2:10.')).toBeVisible();
    const skip = screen.getByRole('switch', { name: 'Skip silences' });
    await userEvent.click(skip);
    expect(
      screen.getByText(
        'Silences longer than 5 seconds are played as 5 seconds: 0:18 instead of 2:10.',
      ),
    ).toBeVisible();
    (await slider()).focus();
    await userEvent.keyboard('s');
    expect(skip).not.toBeChecked();
    expect(screen.getByText(/China Standard Time \(Asia\/Shanghai, GMT\+8\)/)).toBeVisible();
  });

  it('changes speed by plus and minus, within what there is', async () => {
    open();
    (await slider()).focus();
    await userEvent.keyboard('-++++');
    expect(screen.getByRole('radio', { name: '10×' })).toBeChecked();
    await userEvent.keyboard('-');
    expect(screen.getByRole('radio', { name: '5×' })).toBeChecked();
  });

  it('plays entries as they were said and stops at the end', async () => {
    open();
    await slider();
    await userEvent.click(screen.getByRole('radio', { name: '10×' }));
    vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame', 'performance'] });
    act(() => screen.getByRole('button', { name: 'Play again' }).click());
    expect(await visibleRows()).toHaveLength(1);
    act(() => void vi.advanceTimersByTime(6_300));
    expect(await visibleRows()).toHaveLength(3);
    act(() => screen.getByRole('button', { name: 'Pause' }).click());
    act(() => void vi.advanceTimersByTime(1_000));
    expect(await visibleRows()).toHaveLength(3);
    act(() => screen.getByRole('button', { name: 'Play' }).click());
    act(() => void vi.advanceTimersByTime(7_000));
    expect(await visibleRows()).toHaveLength(7);
    expect(screen.getByRole('button', { name: 'Play again' })).toBeVisible();
  });
});

describe('a record that cannot be replayed', () => {
  it('says that nothing is kept yet', async () => {
    answers[path] = [200, { ...answer, entries: [] }];
    open();
    expect(await screen.findByText('Nothing is kept of this visit yet.')).toBeVisible();
  });

  it('says what is safe when it cannot be read, and tries again', async () => {
    answers[path] = [500, { code: 'internal' }];
    open();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Reading changes nothing in the record.',
    );
    answers[path] = [200, answer];
    await press('Try again');
    await waitFor(async () => expect(await rows()).toHaveLength(7));
  });

  it('holds the place of what loads', async () => {
    stubApi(answers).mockReturnValue(new Promise(() => undefined));
    renderApp(
      [{ path: '/consultations/:id', element: <ReplayPage backTo="/back" /> }],
      `/consultations/${visitId}`,
    );
    expect(await screen.findByRole('status', { name: 'Opening the record' })).toBeVisible();
  });

  it('holds a record of one entry still', async () => {
    answers[path] = [200, { ...answer, entries: answer.entries.slice(0, 1) }];
    open();
    expect(await slider()).toHaveAttribute('aria-valuemax', '1');
    expect(screen.getByRole('button', { name: 'Play again' })).toBeDisabled();
  });
});
