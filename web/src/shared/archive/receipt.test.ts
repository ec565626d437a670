import { describe, expect, it } from 'vitest';
import { base64, unbase64, utf8, utf8Text } from './bytes';
import { compareWithLog, openReceipt } from './receipt';
import { parseProofFile } from './proofFile';
import { entriesOf, noteOf, signerOf, TestLog, tilesOf, type TestSigner } from './testing';
import type { LogSource } from './receipt';

const visit = '01936c5e-7a10-7c3e-9d52-5b0f4a6e8c11';

async function scene() {
  const log = await signerOf('hospital.example/log', 1);
  const entries = await entriesOf(visit, [
    { kind: 'arrived', body: {} },
    { kind: 'finished', body: {} },
  ]);
  const tree = await new TestLog().fill(300);
  const first = await tree.take(entries);
  const [arrived, finished] = entries;
  if (!arrived || !finished) throw new Error('no entries');
  const file = await tree.receiptOf(finished, arrived, first + 1, [log]);
  return { log, tree, file, receipt: await openReceipt(file), arrived, finished };
}

const served = (tree: TestLog, log: TestSigner, epochs: unknown[] = []): LogSource => ({
  checkpoint: () => noteOf(tree.leaves, [log]),
  epochs: () => Promise.resolve({ epochs }),
  readTile: tilesOf(tree.leaves),
});

describe('a receipt', () => {
  it('proves which visit, how many entries and when, by itself', async () => {
    const { receipt } = await scene();
    expect(receipt).toMatchObject({
      conversationId: visit,
      entries: 2,
      kind: 'finished',
      closedAt: new Date('2026-11-23T06:00:02.123Z'),
    });
    expect(receipt.checkpoint.size).toBe(302);
  });

  it('does not hold once any of what it says is changed', async () => {
    const { file } = await scene();
    const extra = /^extra (.*)$/m.exec(file)?.[1] ?? '';
    const said = utf8Text(unbase64(extra));
    const changes: [RegExp, string][] = [
      [/"header":"01/, '"header":"02'],
      [/(?<="header":"[0-9a-f]{34})./, 'f'],
      [/(?<="header":"[0-9a-f]{80})../, '00ff'],
      [/(?<="commitment":")../, 'zz'],
      [/(?<="previous":")[0-9a-f]{4}/, '0000'],
      [/televisit\/receipt\/v1/, 'televisit/receipt/v2'],
      [/"log_key"/, '"log"'],
      [/^{/, ''],
    ];
    for (const [what, other] of changes) {
      expect(said).toMatch(what);
      const changed = base64(utf8(said.replace(what, other)));
      await expect(openReceipt(file.replace(extra, changed))).rejects.toThrow();
    }
    await expect(openReceipt(file.replace('index 301', 'index 300'))).rejects.toMatchObject({
      problem: 'proof',
    });
    await expect(openReceipt(file.replace('\n302\n', '\n303\n'))).rejects.toMatchObject({
      problem: 'signature',
    });
  });

  it.each([
    ['nothing', ''],
    ['another file', 'Dear patient,\n\nthank you.\n'],
    ['no index', 'c2sp.org/tlog-proof@v1\n\nx\n'],
    ['an index with a zero before it', 'c2sp.org/tlog-proof@v1\nindex 01\n\nx\n'],
    ['a hash too short', 'c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx\n'],
  ])('that is %s is refused', (_, text) => {
    expect(() => parseProofFile(text)).toThrow();
  });
});

describe('against the log as it stands now', () => {
  it('is still part of a log that grew, and of one that did not', async () => {
    const { tree, log, receipt } = await scene();
    const same = await compareWithLog(receipt, served(tree, log));
    expect(same.kind).toBe('part');
    await tree.fill(500);
    const grown = await compareWithLog(receipt, served(tree, log));
    expect(grown).toMatchObject({ kind: 'part', present: { size: 802 } });
  });

  it('catches a log that was rewritten and signed again with the true key', async () => {
    const { tree, log, receipt } = await scene();
    const rewritten = await new TestLog().fill(299);
    rewritten.leaves.push(...tree.leaves.slice(0, 3), ...tree.leaves.slice(302));
    await rewritten.fill(100);
    const found = await compareWithLog(receipt, served(rewritten, log));
    expect(found.kind).toBe('rewritten');
    const [first] = tree.leaves.splice(5, 1);
    if (first) tree.leaves.push(first);
    const sameSize = await compareWithLog(receipt, served(tree, log));
    expect(sameSize.kind).toBe('rewritten');
  });

  it('catches a log that went back', async () => {
    const { log, receipt } = await scene();
    const back = await new TestLog().fill(300);
    const found = await compareWithLog(receipt, served(back, log));
    expect(found.kind).toBe('shorter');
  });

  it('catches another key', async () => {
    const { tree, receipt } = await scene();
    const other = await signerOf('hospital.example/log', 5);
    const found = await compareWithLog(receipt, served(tree, other));
    expect(found).toEqual({ kind: 'unsigned', problem: 'signature' });
  });

  it('says nothing when the log cannot be reached', async () => {
    const { receipt, tree, log } = await scene();
    await tree.fill(1);
    const lost = { ...served(tree, log), readTile: () => Promise.reject(new TypeError('offline')) };
    await expect(compareWithLog(receipt, lost)).rejects.toThrow('offline');
  });
});

describe('against a log that began a new epoch', () => {
  const epoch = (number: number, { key, vkey }: TestSigner, first_size: number, to?: number) => ({
    number,
    origin: key.name,
    log_key: vkey,
    first_size,
    missing_from: to === undefined ? null : first_size,
    missing_to: to ?? null,
    reason: number === 1 ? 'The log begins.' : 'An older copy was brought back.',
    began_at: '2026-11-24T06:00:00+00:00',
  });
  const second = () => signerOf('hospital.example/log/epoch-2', 2);

  it('is still part of the tree that the epoch took over', async () => {
    const { tree, log, receipt } = await scene();
    const next = await second();
    await tree.fill(40);
    const epochs = [epoch(1, log, 0), epoch(2, next, 310, 330)];
    const found = await compareWithLog(receipt, served(tree, next, epochs));
    expect(found).toMatchObject({
      kind: 'part',
      present: { size: 342 },
      since: [{ number: 2, missing: { from: 310, to: 330 } }],
    });
    expect(found).toHaveProperty('since.0.reason', 'An older copy was brought back.');
  });

  it('is part of it when only what came behind the visit was lost', async () => {
    const { tree, log, arrived, finished } = await scene();
    // The receipt was made when the log had grown: the epoch goes back behind the visit, not behind that.
    await tree.fill(60);
    const receipt = await openReceipt(await tree.receiptOf(finished, arrived, 301, [log]));
    const next = await second();
    const shorter = await new TestLog().fill(300);
    shorter.leaves.push(...tree.leaves.slice(300, 320));
    await shorter.fill(9);
    const epochs = [epoch(1, log, 0), epoch(2, next, 320, 362)];
    const found = await compareWithLog(receipt, served(shorter, next, epochs));
    expect(found.kind).toBe('part');
    shorter.leaves.copyWithin(301, 302, 303);
    const altered = await compareWithLog(receipt, served(shorter, next, epochs));
    expect(altered.kind).toBe('rewritten');
  });

  it('is lost with what the older copy lacked', async () => {
    const { log, receipt } = await scene();
    const next = await second();
    const shorter = await new TestLog().fill(320);
    const epochs = [epoch(1, log, 0), epoch(2, next, 300, 302)];
    const found = await compareWithLog(receipt, served(shorter, next, epochs));
    expect(found.kind).toBe('lost');
  });

  it('catches a rewritten tree under a new name', async () => {
    const { log, receipt } = await scene();
    const next = await second();
    const other = await new TestLog().fill(400);
    const epochs = [epoch(1, log, 0), epoch(2, next, 350)];
    const found = await compareWithLog(receipt, served(other, next, epochs));
    expect(found.kind).toBe('rewritten');
  });

  it.each([
    ["does not list the receipt's own epoch", (own: object, next: object) => [next, own]],
    ['lists it with another key', (own: object, next: object) => [{ ...own, log_key: 'x' }, next]],
    ['lists no later one', (own: object) => [own]],
    ['is nonsense', () => ['nonsense']],
  ])('does not follow a list that %s', async (_, listed) => {
    const { tree, log, receipt } = await scene();
    const next = await second();
    const epochs = listed(epoch(1, log, 0), epoch(2, next, 310));
    const found = await compareWithLog(receipt, served(tree, next, epochs));
    expect(found.kind).toBe('unsigned');
  });

  it("follows only a head that the new epoch's key signed", async () => {
    const { tree, log, receipt } = await scene();
    const forger = await signerOf('hospital.example/log/epoch-2', 9);
    const epochs = [epoch(1, log, 0), epoch(2, await second(), 302)];
    const found = await compareWithLog(receipt, served(tree, forger, epochs));
    expect(found).toEqual({ kind: 'unsigned', problem: 'signature' });
  });
});
