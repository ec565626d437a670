import { beforeEach, expect, it, vi } from 'vitest';
import { ApiError, type UploadOptions } from '../../shared/http';
import { fileBytesMax, Uploads } from './uploads';

interface Sent {
  path: string;
  options: UploadOptions | undefined;
  done: (answer?: unknown) => void;
  fail: (error: unknown) => void;
}

let sent: Sent[];
let uploads: Uploads;

beforeEach(() => {
  vi.stubGlobal(
    'URL',
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: vi.fn() }),
  );
  sent = [];
  uploads = new Uploads(
    'c1',
    (path, _file, options) =>
      new Promise((resolve, reject) => {
        sent.push({ path, options, done: resolve as (answer?: unknown) => void, fail: reject });
      }),
  );
});

const aFile = (name = 'rash.png', size = 3) => {
  const file = new File(['abc'], name, { type: 'image/png' });
  Object.defineProperty(file, 'size', { value: size });
  return file;
};
const only = () => uploads.items.get()[0];
const turn = () => new Promise((resolve) => setTimeout(resolve));

it('sends the bytes with an id and a name, and tells how far it is', async () => {
  uploads.add([aFile()]);
  await turn();
  expect(sent[0]?.path).toBe('/api/consultations/c1/files');
  expect(sent[0]?.options?.query).toEqual({ message_id: only()?.message_id, name: 'rash.png' });
  sent[0]?.options?.onProgress?.(0.4);
  expect(only()?.share).toBe(0.4);
  sent[0]?.done({});
  await turn();
  expect(only()?.state).toBe('kept');
});

it('sends one after another', async () => {
  uploads.add([aFile('a.png'), aFile('b.png')]);
  await turn();
  expect(sent).toHaveLength(1);
  sent[0]?.done({});
  await turn();
  expect(sent).toHaveLength(2);
});

it('tries again with the same id, so that nothing is added twice', async () => {
  uploads.add([aFile()]);
  await turn();
  const error = new ApiError({ status: 0, code: 'network.unreachable' });
  sent[0]?.fail(error);
  await turn();
  expect(only()).toMatchObject({ state: 'failed', error });
  uploads.retry(only()?.message_id ?? '');
  await turn();
  expect(sent[1]?.options?.query).toEqual(sent[0]?.options?.query);
  expect(only()).toMatchObject({ state: 'sending', error: null });
});

it('goes on with the next one after a failure', async () => {
  uploads.add([aFile('a.png'), aFile('b.png')]);
  await turn();
  sent[0]?.fail(new Error('no'));
  await turn();
  expect(sent).toHaveLength(2);
});

it('does not send what is too large', async () => {
  uploads.add([aFile('big.png', fileBytesMax + 1)]);
  await turn();
  expect(sent).toHaveLength(0);
  expect(only()).toMatchObject({ state: 'failed', error: { code: 'input.too_large' } });
});

it('forgets what was discarded before its turn, and what the record has', async () => {
  uploads.add([aFile('a.png'), aFile('b.png')]);
  const [first, second] = uploads.items.get();
  uploads.discard(second?.message_id ?? '');
  await turn();
  uploads.settle(new Set([first?.message_id ?? '']));
  expect(uploads.items.get()).toHaveLength(1);
  sent[0]?.done({});
  await turn();
  expect(sent).toHaveLength(1);
  uploads.settle(new Set([first?.message_id ?? '']));
  expect(uploads.items.get()).toEqual([]);
});
