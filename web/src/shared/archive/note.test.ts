import { describe, expect, it } from 'vitest';
import { base64, unbase64 } from './bytes';
import { openCheckpoint } from './checkpoint';
import { leafHash } from './merkle';
import { formatVerifierKey, parseNote, parseVerifierKey, verifyNote } from './note';
import { noteOf, signerOf } from './testing';

// The note and the key that Go's golang.org/x/mod/sumdb/note shows in its documentation.
const published = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const publishedNote =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n" +
  '\n' +
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

describe('a note', () => {
  it('signed elsewhere is accepted', async () => {
    const key = await parseVerifierKey(published);
    expect(formatVerifierKey(key)).toBe(published);
    expect((await verifyNote(parseNote(publishedNote), [key])).has(key)).toBe(true);
  });

  it('with one letter changed is refused', async () => {
    const key = await parseVerifierKey(published);
    const changed = parseNote(publishedNote.replace('answer', 'Answer'));
    await expect(verifyNote(changed, [key])).rejects.toThrow('does not hold');
  });

  it('ends its text at the last empty line', () => {
    expect(parseNote('one\n\ntwo\n\n— a AAAAAAA=\n').text).toBe('one\n\ntwo\n');
  });

  it.each([
    ['no signature', 'text\n'],
    ['no line feed at the end', 'text\n\n— a AAAAAAA='],
    ['a hyphen for the dash', 'text\n\n- a AAAAAAA=\n'],
    ['a name with a plus', 'text\n\n— a+b AAAAAAA=\n'],
    ['two spaces', 'text\n\n— a  AAAAAAA=\n'],
    ['no base64', 'text\n\n— a AAAA!\n'],
    ['a signature of nothing', 'text\n\n— a AAAAAA==\n'],
    ['a carriage return', 'text\r\n\n— a AAAAAAA=\n'],
    ['too many signatures', `text\n\n${'— a AAAAAAA=\n'.repeat(100)}`],
  ])('with %s is refused', (_, note) => {
    expect(() => parseNote(note)).toThrow();
  });
});

describe('a verifier key', () => {
  it.each([
    ['an id of another', published.replace('c74f20a3', 'c74f20a4')],
    ['a kind of its own', 'PeterNeumann+c74f20a3+CRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
    ['nothing behind the name', 'PeterNeumann'],
    ['a key too short', 'PeterNeumann+c74f20a3+ARpc'],
    ['a space in the name', published.replace('rN', 'r N')],
  ])('with %s is refused', async (_, text) => {
    await expect(parseVerifierKey(text)).rejects.toThrow();
  });
});

describe('a checkpoint', () => {
  const scene = async () => {
    const log = await signerOf('hospital.example/log', 1);
    const witness = await signerOf('witness.example/w', 2, 'witness');
    const note = await noteOf([await leafHash(Uint8Array.of(1))], [log, witness]);
    return { log, witness, note };
  };

  it('names its witnesses and when they saw it', async () => {
    const { log, witness, note } = await scene();
    const opened = await openCheckpoint(note, log.key, [witness.key]);
    expect(opened).toMatchObject({ origin: 'hospital.example/log', size: 1 });
    expect(opened.witnesses).toEqual([{ key: witness.key, seenAt: 1_795_420_800 }]);
  });

  it('does not count a witness that is unknown, or whose signature does not hold', async () => {
    const { log, witness, note } = await scene();
    expect((await openCheckpoint(note, log.key, [])).witnesses).toEqual([]);
    const signature = /w (\S+)\n$/.exec(note)?.[1] ?? '';
    const bytes = unbase64(signature);
    // The time that the witness signed too.
    bytes[11] = (bytes[11] ?? 0) ^ 1;
    const changed = note.replace(signature, base64(bytes));
    expect((await openCheckpoint(changed, log.key, [witness.key])).witnesses).toEqual([]);
  });

  it('takes no cosignature for the signature of the log', async () => {
    const { witness, note } = await scene();
    const other = await signerOf('hospital.example/log', 3);
    await expect(openCheckpoint(note, other.key, [witness.key])).rejects.toMatchObject({
      problem: 'signature',
    });
  });

  it('of another log is refused', async () => {
    const { note } = await scene();
    const other = await signerOf('elsewhere.example/log', 1);
    await expect(openCheckpoint(note, other.key, [])).rejects.toMatchObject({ problem: 'origin' });
  });

  it.each([
    ['two lines', (note: string) => note.replace('\n1\n', '\n')],
    ['a leading zero', (note: string) => note.replace('\n1\n', '\n01\n')],
    ['an empty line', (note: string) => note.replace('\n1\n', '\n\n1\n')],
  ])('with %s is refused', async (_, change) => {
    const { log, note } = await scene();
    await expect(openCheckpoint(change(note), log.key, [])).rejects.toThrow();
  });
});
