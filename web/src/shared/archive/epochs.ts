/** The log's epochs (docs/archive-log.md): under which names and keys it went on, and what was lost. */
import { malformed } from './errors';

export interface Epoch {
  number: number;
  origin: string;
  logKey: string;
  /** How many entries the epoch took over from the one before. */
  firstSize: number;
  /** The lost entries, first and behind the last; nothing was lost, or nobody knows how much. */
  missing: { from: number; to: number } | undefined;
  reason: string;
  beganAt: Date;
}

/** Reads what /log/epochs says without trusting any of it; throws ArchiveError. */
export function parseEpochs(said: unknown): Epoch[] {
  const list = fieldsOf(said).epochs;
  if (!Array.isArray(list)) throw malformed('no list of epochs');
  return list.map((one: unknown, at) => {
    const fields = fieldsOf(one);
    const text = (name: string) => {
      const value = fields[name];
      if (typeof value !== 'string' || value === '') throw malformed(`an epoch without ${name}`);
      return value;
    };
    const count = (name: string) => {
      const value = fields[name];
      if (!Number.isSafeInteger(value) || Number(value) < 0) throw malformed(`no ${name}`);
      return Number(value);
    };
    const beganAt = new Date(text('began_at'));
    if (count('number') !== at + 1) throw malformed('epochs out of order');
    if (Number.isNaN(beganAt.getTime())) throw malformed('no time');
    const lost = fields.missing_from !== null && fields.missing_from !== undefined;
    return {
      number: at + 1,
      origin: text('origin'),
      logKey: text('log_key'),
      firstSize: count('first_size'),
      missing: lost ? { from: count('missing_from'), to: count('missing_to') } : undefined,
      reason: text('reason'),
      beganAt,
    };
  });
}

function fieldsOf(said: unknown): Record<string, unknown> {
  if (typeof said !== 'object' || said === null) throw malformed('no epochs');
  return said as Record<string, unknown>;
}
