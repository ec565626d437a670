/** C2SP signed-note and tlog-cosignature (cosignature/v1): the keys, the parsing, the signatures. */
import { verifyAsync } from '@noble/ed25519';
import { base64, concat, hex, sha256, unbase64, utf8, type Bytes } from './bytes';
import { ArchiveError, malformed } from './errors';

const noteKey = 0x01;
const cosignatureKey = 0x04;
/** The specification asks for 16 at least. */
const mostSignatures = 64;
const longestNote = 1_000_000;

/** A public key with its name, as `<name>+<key id>+<base64 of type and key>` writes it. */
export interface VerifierKey {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly id: string;
  readonly kind: 'log' | 'witness';
  readonly key: Bytes;
}

const nameForm = /^[^\s+\p{Z}\p{Cc}]+$/u;

/** Reads a verifier key (vkey); throws ArchiveError when it is none or its id is not its own. */
export async function parseVerifierKey(text: string): Promise<VerifierKey> {
  const first = text.indexOf('+');
  const second = text.indexOf('+', first + 1);
  const name = text.slice(0, first);
  const id = text.slice(first + 1, second);
  if (first < 1 || second < 0 || !nameForm.test(name)) throw malformed('not a verifier key');
  const material = unbase64(text.slice(second + 1), 33);
  const [type] = material;
  if (type !== noteKey && type !== cosignatureKey) throw malformed('a key of an unknown kind');
  const hash = await sha256(utf8(`${name}\n`), material);
  if (id !== hex(hash.slice(0, 4))) throw malformed('a key with an id of another');
  return { name, id, kind: type === noteKey ? 'log' : 'witness', key: material.slice(1) };
}

export function formatVerifierKey({ name, id, kind, key }: VerifierKey): string {
  const type = kind === 'log' ? noteKey : cosignatureKey;
  return `${name}+${id}+${base64(concat(Uint8Array.of(type), key))}`;
}

interface Signature {
  name: string;
  /** Eight hexadecimal digits. */
  id: string;
  bytes: Bytes;
}

export interface SignedNote {
  /** With its last line feed: what is signed. */
  readonly text: string;
  readonly signatures: readonly Signature[];
}

/** Takes a note apart without trusting any of it; throws ArchiveError. */
export function parseNote(note: string): SignedNote {
  if (note.length > longestNote) throw malformed('a note too long');
  // eslint-disable-next-line no-control-regex -- the format forbids exactly these
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note)) throw malformed('a note with control characters');
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) throw malformed('not a signed note');
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > mostSignatures) throw malformed('a note with too many signatures');
  const signatures = lines.map((line) => {
    const [dash, name, signed, ...more] = line.split(' ');
    if (dash !== '—' || !name || !signed || more.length > 0 || !nameForm.test(name)) {
      throw malformed('not a signature line');
    }
    const bytes = unbase64(signed);
    if (bytes.length < 5) throw malformed('a signature too short');
    return { name, id: hex(bytes.slice(0, 4)), bytes: bytes.slice(4) };
  });
  return { text: note.slice(0, split + 1), signatures };
}

const holds = (signature: Bytes, signed: Bytes, key: Bytes) =>
  // Strict (RFC 8032): the lenient rules of ZIP 215 let one signature be written in several ways.
  verifyAsync(signature, signed, key, { zip215: false }).catch(() => false);

/** When a witness says that it saw the checkpoint, in seconds since 1970. */
export type SeenAt = number;

async function check(note: SignedNote, signature: Signature, key: VerifierKey): Promise<SeenAt> {
  const refused = new ArchiveError('signature', `the signature of ${key.name} does not hold`);
  const { bytes } = signature;
  if (key.kind === 'log') {
    if (!(await holds(bytes, utf8(note.text), key.key))) throw refused;
    return 0;
  }
  if (bytes.length !== 72) throw refused;
  const time = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  const signed = utf8(`cosignature/v1\ntime ${time}\n${note.text}`);
  if (!(await holds(bytes.slice(8), signed, key.key))) throw refused;
  return Number(time);
}

/**
 * Which of these keys signed the note, with the time a witness gives (0 for a log's key).
 *
 * Signatures of unknown keys are ignored, as the specification asks; one of a known key that does not
 * hold refuses the whole note with an ArchiveError.
 */
export async function verifyNote(
  note: SignedNote,
  keys: readonly VerifierKey[],
): Promise<ReadonlyMap<VerifierKey, SeenAt>> {
  const verified = new Map<VerifierKey, SeenAt>();
  for (const signature of note.signatures) {
    const key = keys.find(({ name, id }) => name === signature.name && id === signature.id);
    if (key && !verified.has(key)) verified.set(key, await check(note, signature, key));
  }
  return verified;
}
