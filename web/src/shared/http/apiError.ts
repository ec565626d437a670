import type { components } from '../../protocol/api';

/** A free time instead of one that is gone. */
export type AlternativeSlot = components['schemas']['AlternativeSlot'];

/** A field's dotted path in the request, and the kind of its mistake. */
export type FieldErrors = Readonly<Record<string, string>>;

export interface ApiErrorInit {
  /** The HTTP status; 0 when no answer came. */
  status: number;
  /** Stable; what the program and the strings decide by. */
  code: string;
  title?: string | undefined;
  detail?: string | undefined;
  fields?: FieldErrors | undefined;
  /** What support finds the failure by in the server's log. */
  logId?: string | undefined;
  retryAfterS?: number | undefined;
  /** How many things were asked for, and how many are allowed, where that was too many. */
  count?: number | undefined;
  limit?: number | undefined;
  /** What is free instead, where a time was gone. */
  alternatives?: readonly AlternativeSlot[] | undefined;
}

/** Every failure of a call to the hospital's API, whether it answered or not. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string | undefined;
  readonly detail: string | undefined;
  readonly fields: FieldErrors | undefined;
  readonly logId: string | undefined;
  readonly retryAfterS: number | undefined;
  readonly count: number | undefined;
  readonly limit: number | undefined;
  readonly alternatives: readonly AlternativeSlot[] | undefined;

  constructor(init: ApiErrorInit) {
    super(`${init.code} (${init.status})`);
    this.name = 'ApiError';
    this.status = init.status;
    this.code = init.code;
    this.title = init.title;
    this.detail = init.detail;
    this.fields = init.fields;
    this.logId = init.logId;
    this.retryAfterS = init.retryAfterS;
    this.count = init.count;
    this.limit = init.limit;
    this.alternatives = init.alternatives;
  }
}

export function hasCode(error: unknown, code: string): error is ApiError {
  return error instanceof ApiError && error.code === code;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function fieldErrors(value: unknown): FieldErrors | undefined {
  const entries = Object.entries(record(value)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

const whole = (value: unknown) => (typeof value === 'number' ? value : undefined);
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads an answer that is no success: problem+json (RFC 9457) where it is one, the status where not. */
export async function problemOf(response: Response): Promise<ApiError> {
  let body: Record<string, unknown> = {};
  if (response.headers.get('Content-Type')?.includes('json')) {
    body = record(await response.json().catch(() => undefined));
  }
  const header = Number(response.headers.get('Retry-After'));
  const retryAfterS =
    typeof body.retry_after_s === 'number' ? body.retry_after_s : header > 0 ? header : undefined;
  return new ApiError({
    status: response.status,
    code: text(body.code) ?? `status.${response.status}`,
    title: text(body.title),
    detail: text(body.detail),
    fields: fieldErrors(body.fields),
    logId: text(body.log_id),
    retryAfterS,
    count: whole(body.count),
    limit: whole(body.limit),
    alternatives: Array.isArray(body.alternatives)
      ? (body.alternatives as AlternativeSlot[])
      : undefined,
  });
}
