import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ApiError } from './apiError';
import { http, setCsrfToken } from './client';

const fetchMock = vi.fn<typeof fetch>();

beforeEach(() => {
  fetchMock.mockReset();
  vi.stubGlobal('fetch', fetchMock);
});
afterEach(() => {
  setCsrfToken(undefined);
  vi.unstubAllGlobals();
});

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  fetchMock.mockResolvedValue(
    new Response(status === 204 ? null : JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json', ...headers },
    }),
  );
}

const failure = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('the call should fail'),
    (error: unknown) => error as ApiError,
  );

describe('a call', () => {
  it('returns the JSON of the answer', async () => {
    answer(200, { id: 1 });
    expect(await http.get('/api/things', { query: { page: 2, all: undefined } })).toEqual({
      id: 1,
    });
    expect(fetchMock.mock.calls[0]?.[0]).toBe('/api/things?page=2');
  });

  it('proves itself on writes, and only there', async () => {
    setCsrfToken('token');
    const sentHeaders = (call: number) =>
      new Headers(fetchMock.mock.calls[call]?.[1]?.headers).get('X-CSRF-Token');
    answer(204, undefined);
    await http.post('/api/things', { a: 1 });
    await http.get('/api/things');
    expect([sentHeaders(0), sentHeaders(1)]).toEqual(['token', null]);
  });

  it('reads a problem', async () => {
    answer(
      422,
      { code: 'input.invalid', title: 'No', fields: { login: 'too short' }, log_id: 'r-1' },
      { 'Content-Type': 'application/problem+json' },
    );
    expect(await failure(http.post('/api/things', {}))).toMatchObject({
      status: 422,
      code: 'input.invalid',
      fields: { login: 'too short' },
      logId: 'r-1',
    });
  });

  it('names the status when the failure is no problem document', async () => {
    fetchMock.mockResolvedValue(new Response('<html>', { status: 502 }));
    expect(await failure(http.get('/api/things'))).toMatchObject({ code: 'status.502' });
  });

  it('is unreachable when no answer comes, and is not repeated', async () => {
    fetchMock.mockRejectedValue(new TypeError('failed'));
    expect(await failure(http.post('/api/things', {}))).toMatchObject({
      status: 0,
      code: 'network.unreachable',
    });
    expect(fetchMock).toHaveBeenCalledTimes(1);
  });

  it('gives up after its time', async () => {
    fetchMock.mockImplementation(
      (_input, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    expect(await failure(http.get('/api/things', { timeoutMs: 1 }))).toMatchObject({
      code: 'network.timeout',
    });
  });

  it('does not take a page for an answer', async () => {
    fetchMock.mockResolvedValue(
      new Response('<html>', { status: 200, headers: { 'Content-Type': 'text/html' } }),
    );
    expect(await failure(http.get('/api/things'))).toMatchObject({ code: 'response.unreadable' });
  });
});
