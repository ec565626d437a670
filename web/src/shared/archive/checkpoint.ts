/** C2SP tlog-checkpoint: the head of the log that its key signed and witnesses saw. */
import { decimal, unbase64, type Bytes } from './bytes';
import { ArchiveError, malformed } from './errors';
import { parseNote, verifyNote, type SeenAt, type VerifierKey } from './note';

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
}

/** Reads a note's text as a checkpoint; throws ArchiveError. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, root, ...rest] = text.split('\n');
  // Behind the last line feed stands one empty piece; extension lines may come before it.
  if (!origin || size === undefined || root === undefined || rest.pop() !== '') {
    throw malformed('not a checkpoint');
  }
  if (rest.includes('')) throw malformed('an empty line in a checkpoint');
  return { origin, size: decimal(size), root: unbase64(root, 32) };
}

export interface Witnessed {
  readonly key: VerifierKey;
  readonly seenAt: SeenAt;
}

export interface OpenedCheckpoint extends Checkpoint {
  readonly witnesses: readonly Witnessed[];
}

/**
 * Opens a checkpoint with the log's key and the witnesses' keys; throws ArchiveError when the log did not sign it.
 *
 * A witness whose cosignature does not hold is left out rather than believed: the log's own signature is
 * what makes the checkpoint one.
 */
export async function openCheckpoint(
  note: string,
  logKey: VerifierKey,
  witnessKeys: readonly VerifierKey[],
): Promise<OpenedCheckpoint> {
  const parsed = parseNote(note);
  const checkpoint = parseCheckpoint(parsed.text);
  if (checkpoint.origin !== logKey.name) {
    throw new ArchiveError('origin', `${checkpoint.origin} is not the log ${logKey.name}`);
  }
  const signed = await verifyNote(parsed, [logKey]);
  if (!signed.has(logKey)) throw new ArchiveError('signature', 'not signed by the log');

  const witnesses: Witnessed[] = [];
  const one = (key: VerifierKey) =>
    verifyNote(parsed, [key]).catch(() => new Map<VerifierKey, 0>());
  for (const key of witnessKeys) {
    const seenAt = (await one(key)).get(key);
    if (seenAt !== undefined && key.kind === 'witness') witnesses.push({ key, seenAt });
  }
  return { ...checkpoint, witnesses };
}
