/** SHA-256 of a text in UTF-8, in hexadecimal; undefined on plain http, where browsers offer no WebCrypto. */
export async function digestOf(text: string): Promise<string | undefined> {
  const subtle = (globalThis.crypto as Partial<Crypto>).subtle;
  if (subtle === undefined) return undefined;
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
