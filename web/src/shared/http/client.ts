import { ApiError, problemOf } from './apiError';

const defaultTimeoutMs = 15_000;

// The token proves that a write comes from a page which could read the session. It lives in memory
// only: a script that can read storage of another page learns nothing from it.
let csrfToken: string | undefined;

export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RequestOptions {
  body?: unknown;
  query?: Record<string, string | number | boolean | undefined>;
  /** Extra headers, such as Idempotency-Key. */
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

/** The header that writes carry; empty while nobody is signed in. */
export function csrfHeader(): Record<string, string> {
  return csrfToken === undefined ? {} : { 'X-CSRF-Token': csrfToken };
}

export function addressOf(path: string, query: RequestOptions['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  const written = parameters.toString();
  return written ? `${path}?${written}` : path;
}

/** What an answer is read as, and what is asked for. */
interface Reading<Answer> {
  accept: string;
  read: (response: Response) => Promise<Answer>;
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  if (!response.headers.get('Content-Type')?.includes('json')) {
    throw new ApiError({ status: response.status, code: 'response.unreadable' });
  }
  return response.json();
}

const asJson: Reading<unknown> = { accept: 'application/json', read: readJson };
const asText: Reading<string> = { accept: 'text/plain', read: (response) => response.text() };
const asBytes: Reading<ArrayBuffer> = { accept: '*/*', read: (response) => response.arrayBuffer() };

/**
 * Calls the API and returns its JSON, or undefined for 204; or what `reading` makes of the answer.
 *
 * Throws ApiError for every answer that is no success and for none at all; lets the caller's own
 * abort through as it is. Never repeats a request: what may be repeated is for the caller to know.
 */
async function request<Answer>(
  method: Method,
  path: string,
  { body, query, headers = {}, signal, timeoutMs = defaultTimeoutMs }: RequestOptions = {},
  reading: Reading<unknown> = asJson,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const sent: Record<string, string> = { Accept: reading.accept, ...headers };
  if (body !== undefined) sent['Content-Type'] = 'application/json';
  if (method !== 'GET') Object.assign(sent, csrfHeader());

  try {
    const response = await fetch(addressOf(path, query), {
      method,
      headers: sent,
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw await problemOf(response);
    return (await reading.read(response)) as Answer;
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted) throw error;
    if (timeout.aborted) throw new ApiError({ status: 0, code: 'network.timeout' });
    if (error instanceof SyntaxError) {
      throw new ApiError({ status: 0, code: 'response.unreadable' });
    }
    throw new ApiError({ status: 0, code: 'network.unreachable' });
  }
}

type WithoutBody = Omit<RequestOptions, 'body'>;

export const http = {
  get: <Answer>(path: string, options?: WithoutBody) => request<Answer>('GET', path, options),
  /** A text, such as a signed note. */
  text: (path: string, options?: WithoutBody) => request<string>('GET', path, options, asText),
  /** A file, or bytes of any other kind. */
  bytes: (path: string, options?: WithoutBody) =>
    request<ArrayBuffer>('GET', path, options, asBytes),
  post: <Answer>(path: string, body?: unknown, options?: WithoutBody) =>
    request<Answer>('POST', path, { ...options, body }),
  put: <Answer>(path: string, body?: unknown, options?: WithoutBody) =>
    request<Answer>('PUT', path, { ...options, body }),
  patch: <Answer>(path: string, body?: unknown, options?: WithoutBody) =>
    request<Answer>('PATCH', path, { ...options, body }),
  delete: <Answer = undefined>(path: string, options?: WithoutBody) =>
    request<Answer>('DELETE', path, options),
};
