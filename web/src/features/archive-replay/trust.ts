/**
 * Which keys a record is checked against: those the server names, or those the reader obtained elsewhere.
 *
 * The first key of the log that this browser sees is remembered: a server that changes it is noticed.
 */
import {
  ArchiveError,
  formatVerifierKey,
  parseVerifierKey,
  type TrustedKeys,
} from '../../shared/archive';

export interface Trust extends TrustedKeys {
  /** Whether the reader brought the keys. */
  own: boolean;
  /** The key that this browser saw first, when the server now names another. */
  before: { key: string; since: string } | null;
}

const firstName = 'televisit.archive.first-log-key';
const ownName = 'televisit.archive.own-keys';

// A browser that keeps nothing is no reason to show nothing: each visit is the first one then.
function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    return;
  }
}

interface FirstSeen {
  key: string;
  since: string;
}

function firstSeen(): FirstSeen | null {
  try {
    const value: unknown = JSON.parse(kept(firstName) ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { key, since } = value as Record<string, unknown>;
    return typeof key === 'string' && typeof since === 'string' ? { key, since } : null;
  } catch {
    return null;
  }
}

/** Takes the log's key for the one to compare with from now on. */
export function rememberLogKey(key: string, now: Date): void {
  keep(firstName, JSON.stringify({ key, since: now.toISOString() }));
}

/** The lines of keys that the reader brought, or null. */
export const ownKeys = (): string | null => kept(ownName);

export const keepOwnKeys = (lines: string | null): void => keep(ownName, lines);

/** Reads keys, one a line: the log's, then those of witnesses. Throws ArchiveError naming the line. */
export async function readKeys(lines: string): Promise<TrustedKeys> {
  const written = lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const keys = await Promise.all(written.map(parseVerifierKey));
  const [log, ...more] = keys.filter(({ kind }) => kind === 'log');
  if (!log || more.length > 0) throw new ArchiveError('malformed', 'one key of the log');
  return { log, witnesses: keys.filter(({ kind }) => kind === 'witness') };
}

/** Decides which keys to check against. Throws ArchiveError when the server's own cannot be read. */
export async function trustIn(
  served: { log_key: string; witness_keys: readonly string[] },
  brought: string | null,
  now: Date,
): Promise<Trust> {
  if (brought !== null) {
    const keys = await readKeys(brought).catch(() => undefined);
    if (keys) return { ...keys, own: true, before: null };
  }
  const log = await parseVerifierKey(served.log_key);
  const witnesses = await Promise.all(served.witness_keys.map(parseVerifierKey));
  const first = firstSeen();
  const key = formatVerifierKey(log);
  if (!first) rememberLogKey(key, now);
  return { log, witnesses, own: false, before: first && first.key !== key ? first : null };
}
