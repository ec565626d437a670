/** An entry's bytes and hashes: docs/archive-format.md, version 1. */
import { concat, sha256, uint, utf8, uuidBytes, uuidText, type Bytes } from './bytes';
import { malformed } from './errors';

const version = 0x01;
const bodyPrefix = concat(Uint8Array.of(0x03), utf8('televisit/body/v1\n'));
const entryPrefix = concat(Uint8Array.of(0x02), utf8('televisit/entry/v1\n'));
const addendumPrefix = utf8('televisit/addendum/v1\n');

/** What stands before the first entry of a conversation. */
export const genesis: Bytes = new Uint8Array(32);

/** What an entry's header is made of. */
export interface HeaderFields {
  conversationId: string;
  seq: number;
  /** As the API writes it: ISO 8601 with up to six digits of a second. */
  recordedAt: string;
  messageId: string;
  /** The account's id, or "system". */
  author: string;
  kind: string;
}

const moment = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?(Z|[+-]\d{2}:\d{2})$/;

/** Microseconds since 1970 of a moment as the API writes it. A Date holds but milliseconds. */
export function microsOf(recordedAt: string): bigint {
  const [, whole = '', fraction = '', zone = ''] = moment.exec(recordedAt) ?? [];
  const ms = Date.parse(whole + zone);
  if (whole === '' || Number.isNaN(ms)) throw malformed(`not a moment: ${recordedAt}`);
  return BigInt(ms) * 1000n + BigInt(fraction.padEnd(6, '0'));
}

/** The header's bytes. Throws ArchiveError for fields that cannot be written. */
export function headerBytes(fields: HeaderFields): Bytes {
  const author = utf8(fields.author);
  const kind = utf8(fields.kind);
  return concat(
    Uint8Array.of(version),
    uuidBytes(fields.conversationId),
    uint(fields.seq, 8),
    uint(microsOf(fields.recordedAt), 8),
    uuidBytes(fields.messageId),
    uint(author.length, 4),
    author,
    uint(kind.length, 4),
    kind,
  );
}

/** Stands for the body in the log; without the salt nobody can try bodies against it. */
export const commitmentOf = (salt: Bytes, body: Bytes): Promise<Bytes> =>
  sha256(bodyPrefix, salt, body);

export const entryHashOf = (previous: Bytes, header: Bytes, commitment: Bytes): Promise<Bytes> =>
  sha256(entryPrefix, previous, header, commitment);

/** The conversation in which a consultation's later facts are kept. */
export async function addendumOf(conversationId: string): Promise<string> {
  const bytes = (await sha256(addendumPrefix, uuidBytes(conversationId))).slice(0, 16);
  // Version 8 and the variant of RFC 9562.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return uuidText(bytes);
}

/** JSON as bodies are kept: RFC 8785 for texts, whole numbers, true, false and null. */
export function canonicalJson(body: Readonly<Record<string, unknown>>): string {
  const parts = Object.keys(body)
    // Plain comparison sorts by UTF-16 units, which is what RFC 8785 asks for.
    .sort((one, other) => (one < other ? -1 : 1))
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(body[key])}`);
  return `{${parts.join(',')}}`;
}
