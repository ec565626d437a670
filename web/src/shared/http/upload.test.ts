import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { setCsrfToken } from './client';
import { upload } from './upload';

class FakeRequest extends EventTarget {
  static last: FakeRequest;
  readonly upload = new EventTarget();
  readonly sentHeaders: Record<string, string> = {};
  opened: string[] = [];
  body: unknown;
  status = 0;
  responseText = '';
  type = 'application/json';

  constructor() {
    super();
    FakeRequest.last = this;
  }
  open(...opened: string[]) {
    this.opened = opened;
  }
  setRequestHeader(name: string, value: string) {
    this.sentHeaders[name] = value;
  }
  getResponseHeader(name: string) {
    return name === 'Content-Type' ? this.type : null;
  }
  send(body: unknown) {
    this.body = body;
  }
  abort() {
    this.dispatchEvent(new Event('abort'));
  }
  answer(status: number, text: string) {
    this.status = status;
    this.responseText = text;
    this.dispatchEvent(new Event('load'));
  }
}

beforeEach(() => {
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  setCsrfToken('token');
});
afterEach(() => {
  vi.unstubAllGlobals();
  setCsrfToken(undefined);
});

const file = new Blob(['abc']);

it('posts the bytes with the token and returns what was answered', async () => {
  const answer = upload('/api/x', file, { query: { name: '皮疹.png' } });
  expect(FakeRequest.last.opened).toEqual(['POST', '/api/x?name=%E7%9A%AE%E7%96%B9.png']);
  expect(FakeRequest.last.sentHeaders['X-CSRF-Token']).toBe('token');
  expect(FakeRequest.last.body).toBe(file);
  FakeRequest.last.answer(201, '{"seq": 4}');
  await expect(answer).resolves.toEqual({ seq: 4 });
});

it('tells how much has left', async () => {
  const onProgress = vi.fn();
  const answer = upload('/api/x', file, { onProgress });
  const { upload: sending } = FakeRequest.last;
  sending.dispatchEvent(Object.assign(new Event('progress'), { loaded: 1, total: 4 }));
  sending.dispatchEvent(Object.assign(new Event('progress'), { loaded: 1, total: 0 }));
  expect(onProgress.mock.calls).toEqual([[0.25]]);
  FakeRequest.last.answer(201, '{}');
  await answer;
});

it('throws the problem that was answered', async () => {
  const answer = upload('/api/x', file);
  FakeRequest.last.type = 'application/problem+json';
  FakeRequest.last.answer(415, '{"code": "file.type_not_allowed"}');
  await expect(answer).rejects.toMatchObject({ status: 415, code: 'file.type_not_allowed' });
});

it('says when the server was not reached, was left, or spoke no JSON', async () => {
  const lost = upload('/api/x', file);
  FakeRequest.last.dispatchEvent(new Event('error'));
  await expect(lost).rejects.toMatchObject({ code: 'network.unreachable' });
  const controller = new AbortController();
  const left = upload('/api/x', file, { signal: controller.signal });
  controller.abort();
  await expect(left).rejects.toMatchObject({ code: 'network.unreachable' });
  const odd = upload('/api/x', file);
  FakeRequest.last.answer(200, '<html>');
  await expect(odd).rejects.toMatchObject({ code: 'response.unreadable' });
});
