import { describe, expect, it } from 'vitest';
import {
  decimal,
  hex,
  sha256,
  unbase64,
  unhex,
  uint,
  utf8,
  utf8Text,
  uuidBytes,
  uuidText,
} from './bytes';
import { ArchiveError } from './errors';

it('hashes as SHA-256 does', async () => {
  expect(hex(await sha256(utf8('a'), utf8('bc')))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

describe('what is not written the one right way is refused', () => {
  it.each(['AA', 'AA=', 'AA= =', ' AAA=', 'AAB=\n', 'AAF=', 'A*A=', 'AA-_'])(
    'base64 %j',
    (text) => {
      expect(() => unbase64(text)).toThrow(ArchiveError);
    },
  );
  it.each(['', '01', '-1', '1.0', ' 1', '1e3', '9007199254740992', '١'])('number %j', (text) => {
    expect(() => decimal(text)).toThrow(ArchiveError);
  });
  it.each(['ABCD', 'abc', 'abcdef', 'zzzz'])('hexadecimal %j', (text) => {
    expect(() => unhex(text, 2)).toThrow(ArchiveError);
  });
  it('UTF-8', () => {
    expect(() => utf8Text(Uint8Array.of(0xc3, 0x28))).toThrow(ArchiveError);
  });
  it('a number too large for its place', () => {
    expect(() => uint(-1, 8)).toThrow(ArchiveError);
    expect(() => uint(2 ** 32, 4)).toThrow(ArchiveError);
  });
});

it('reads and writes a UUID', () => {
  const uuid = '01936c5e-7a10-7c3e-9d52-5b0f4a6e8c11';
  expect(uuidText(uuidBytes(uuid))).toBe(uuid);
  expect(() => uuidBytes(uuid.toUpperCase())).toThrow(ArchiveError);
});
