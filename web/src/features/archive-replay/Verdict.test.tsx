import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
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
import {
  api,
  entryPane,
  open,
  path,
  press,
  reached,
  rows,
  setTheStage,
  slider,
  verdict,
} from './testReplay';

setTheStage();

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
    api.answers[`${path}/proof`] = [200, witnessed];
    open();
    const region = await reached('Intact and witnessed by 1');
    const names = within(region).getByRole('list', { name: 'Witnesses' });
    expect(names).toHaveTextContent('witness.example/w saw the log at');
  });

  it('names the entry of which one byte was changed, and leads to it', async () => {
    api.answers[path] = [200, changedAt(4, { body: { text: 'A couch, for a week.' } })];
    open();
    expect(await reached('Broken')).toHaveTextContent('Broken · 1 finding');
    await press('Entry 4: what it says is not what was kept. It was changed.');
    expect(within(entryPane()).getByText('Entry 4 of 7')).toBeVisible();
    expect(entryPane()).not.toHaveTextContent('the link does not hold');
    const marked = (await rows()).filter((row) => /Text changed/.test(row.textContent));
    expect(marked.map((row) => row.textContent)).toEqual([expect.stringContaining('A couch')]);
  });

  it('says where the chain itself is broken', async () => {
    api.answers[path] = [200, changedAt(4, { kind: 'left' })];
    open();
    await reached('Broken');
    await press(/^Entry 4 was changed/);
    expect(entryPane()).toHaveTextContent('the link does not hold');
  });

  it('adds what only the server can see, and says it once', async () => {
    api.answers[path] = [200, changedAt(4, { body: null, salt: null, damaged: true })];
    api.answers[`${path}/verification`] = [
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
    api.answers[`${path}/proof`] = [200, { ...proof, checkpoint }];
    open();
    expect(await reached('Broken')).toHaveTextContent('The log is not signed with this key');
  });

  it('speaks Chinese', async () => {
    chooseLanguage('zh-CN');
    api.answers[path] = [200, changedAt(4, { kind: 'left' })];
    open();
    await screen.findByText('校验未通过');
    expect(screen.getByRole('region', { name: '校验结论' })).toHaveTextContent('发现 1 处问题');
    expect(
      screen.getByRole('button', { name: '第 4 条在存档后被改动，或与前一条不相接。' }),
    ).toBeVisible();
  });

  it('lets a kind of finding that is newer than this page speak for itself', async () => {
    const finding = { conversation_id: visitId, seq: 4, kind: 'new-kind', message: '4 is odd' };
    api.answers[`${path}/verification`] = [200, { ...intact, findings: [finding] }];
    open();
    expect(await screen.findByRole('button', { name: '4 is odd' })).toBeVisible();
  });

  it('is withheld, with the record still shown, when there is no proof', async () => {
    api.answers[`${path}/proof`] = [500, { code: 'internal' }];
    open();
    expect(await screen.findByText('Not checked')).toBeVisible();
    expect(await rows()).toHaveLength(7);
    expect(entryPane()).toHaveTextContent('Not checked yet');
  });

  it('is reached without the server, which then says nothing of the end', async () => {
    api.answers[`${path}/verification`] = [403, { code: 'forbidden' }];
    open();
    expect(await reached("Intact against this server's key")).toHaveTextContent(
      'an end cut off could go unnoticed',
    );
  });

  it('is reached again on request, of what is shown then; the proof is read first', async () => {
    const fetchMock = open();
    await reached("Intact against this server's key");
    api.answers[path] = [200, changedAt(4, { kind: 'left' })];
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
    api.answers[`${path}/proof`] = [200, { ...proof, entries }];
    open();
    const region = await reached("Intact against this server's key");
    expect(region).toHaveTextContent('1 entry is not sealed yet.');
    expect((await rows()).at(-1)).toHaveTextContent('Not sealed yet');
    expect(entryPane()).toHaveTextContent('In order, and not sealed in the log yet');
    expect(entryPane()).toHaveTextContent('Not in the log yet.');
  });

  it('a record of which nothing is sealed', async () => {
    const entries = proof.entries.map((one) => ({ ...one, index: null, path: [] }));
    api.answers[`${path}/proof`] = [200, { ...proof, entries }];
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
    api.answers[path] = [200, { ...answer, destruction, entries: destroyed }];
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
    api.answers[path] = [200, { ...answer, entries: all }];
    api.answers[`${path}/proof`] = [200, await proofOf(all)];
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
    api.answers[`${path}/proof`] = [200, await proofOf(answer.entries, [otherSigner])];
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
    api.answers[`${path}/proof`] = [200, { ...witnessed, witness_keys: [] }];
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
    api.answers[`${path}/pack`] = [200, new Uint8Array([80, 75])];
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
    api.answers[path] = [200, { ...answer, entries: [...answer.entries, ...laterEntries] }];
    api.answers[`${path}/pack`] = [200, new Uint8Array([80, 75])];
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
