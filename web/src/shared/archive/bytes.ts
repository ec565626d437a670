/** Bytes and their writing, strictly: what is not written the one right way is refused. */
import { malformed } from './errors';

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const utf8 = (text: string): Bytes => Uint8Array.from(encoder.encode(text));

/** Throws ArchiveError for bytes that are no UTF-8. */
export function utf8Text(bytes: Bytes): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw malformed('not UTF-8');
  }
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** SHA-256, by the browser itself. */
export async function sha256(...parts: readonly Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)));
}

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Reads lower-case hexadecimal of a known length in bytes; throws ArchiveError. */
export function unhex(text: string, size: number): Bytes {
  if (text.length !== size * 2 || !/^[0-9a-f]*$/.test(text)) {
    throw malformed(`not ${size} bytes in hexadecimal`);
  }
  return Uint8Array.from({ length: size }, (_, at) => parseInt(text.slice(at * 2, at * 2 + 2), 16));
}

export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Reads standard base64 with its padding (RFC 4648, section 4); throws ArchiveError for all else. */
export function unbase64(text: string, size?: number): Bytes {
  let bytes: Bytes;
  try {
    bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  } catch {
    throw malformed('not base64');
  }
  // atob forgives missing padding, white space and stray bits; two writings of one signature must not pass.
  if (base64(bytes) !== text) throw malformed('not canonical base64');
  if (size !== undefined && bytes.length !== size) throw malformed(`not ${size} bytes`);
  return bytes;
}

/** Reads a decimal number without sign or leading zeroes that a double holds exactly; throws ArchiveError. */
export function decimal(text: string): number {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) throw malformed('not a decimal number');
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw malformed('a number beyond 2^53');
  return value;
}

/** Unsigned and big-endian; throws ArchiveError for what does not fit. */
export function uint(value: number | bigint, size: 4 | 8): Bytes {
  const bytes = new Uint8Array(size);
  const whole = BigInt(value);
  if (whole < 0n || whole >= 1n << BigInt(size * 8)) throw malformed('a number out of range');
  const view = new DataView(bytes.buffer);
  if (size === 4) view.setUint32(0, Number(whole));
  else view.setBigUint64(0, whole);
  return bytes;
}

/** A UUID's 16 bytes in network order (RFC 9562); throws ArchiveError. */
export function uuidBytes(uuid: string): Bytes {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) throw malformed('not a UUID');
  return unhex(uuid.replaceAll('-', ''), 16);
}

export function uuidText(bytes: Uint8Array): string {
  const digits = hex(bytes);
  return [0, 8, 12, 16, 20].map((at, nth, all) => digits.slice(at, all[nth + 1])).join('-');
}
