import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LiveError } from './liveError';
import { connectLive, reconnectDelayMs, type LiveSocket, type Wire } from './socket';

type Done = (error: Error | null, answer: unknown) => void;

class FakeWire implements Wire {
  connected = false;
  connects = 0;
  sent: { event: string; body: unknown; done: Done; afterMs: number }[] = [];
  closedEngines = 0;
  heard: (() => void)[] = [];
  io = {
    engine: {
      close: () => this.engineClosed(),
      once: (_: 'packet', heard: () => void) => this.heard.push(heard),
    },
  };
  readonly #listeners = new Map<string, Set<(...values: never[]) => void>>();

  connect() {
    this.connects += 1;
  }
  disconnect() {
    this.connected = false;
  }
  on(event: string, listener: (...values: never[]) => void) {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
  }
  off(event: string, listener: (...values: never[]) => void) {
    this.#listeners.get(event)?.delete(listener);
  }
  timeout(afterMs: number) {
    return {
      emit: (event: string, body: unknown, done: Done) =>
        void this.sent.push({ event, body, done, afterMs }),
    };
  }
  say(event: string, ...values: unknown[]) {
    if (event === 'connect') this.connected = true;
    if (event === 'disconnect') this.connected = false;
    for (const listener of this.#listeners.get(event) ?? []) listener(...(values as never[]));
  }
  engineClosed() {
    this.closedEngines += 1;
    this.say('disconnect', 'forced close');
  }
}

let wire: FakeWire;
let socket: LiveSocket;

beforeEach(() => {
  vi.useFakeTimers();
  wire = new FakeWire();
  socket = connectLive(wire);
});
afterEach(() => {
  socket.close();
  vi.useRealTimers();
});

const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable(),
    (error: unknown) => error as LiveError,
  );

it('connects at once and says so', () => {
  expect(wire.connects).toBe(1);
  expect(socket.connection.get()).toEqual({ status: 'connecting' });
  wire.say('connect');
  expect(socket.connection.get()).toEqual({ status: 'online' });
});

it('resolves a request to the data of its answer, and waits eight seconds for it', async () => {
  wire.say('connect');
  const answer = socket.request('queue.read', {});
  expect(wire.sent[0]).toMatchObject({ event: 'queue.read', body: {}, afterMs: 8000 });
  wire.sent[0]?.done(null, { ok: true, data: { entries: [], at: 'now' }, error: null });
  await expect(answer).resolves.toEqual({ entries: [], at: 'now' });
});

it('rejects with the code, the fields and the log id of the server', async () => {
  wire.say('connect');
  const answer = rejection(socket.request('queue.read', {}));
  const error = { code: 'rate.limited', message: 'm', retry_after_s: 3, log_id: 'L1' };
  wire.sent[0]?.done(null, {
    ok: false,
    data: null,
    error: { ...error, fields: { a: 'missing' } },
  });
  expect(await answer).toMatchObject({
    code: 'rate.limited',
    retryAfterS: 3,
    logId: 'L1',
    fields: { a: 'missing' },
  });
});

it.each([
  ['no answer in time', new Error('operation has timed out'), null, 'network.timeout'],
  [
    'a connection that breaks',
    new Error('socket has been disconnected'),
    null,
    'network.unreachable',
  ],
  ['an answer that is none', null, 'nonsense', 'response.unreadable'],
])('tells %s apart', async (_name, error, data, code) => {
  wire.say('connect');
  const answer = rejection(socket.request('queue.read', {}));
  wire.sent[0]?.done(error, data);
  expect((await answer).code).toBe(code);
});

it('refuses a request at once while there is no connection', async () => {
  expect((await rejection(socket.request('queue.read', {}))).code).toBe('network.unreachable');
  expect(wire.sent).toEqual([]);
});

it('comes back by itself, counting from when the connection was lost', () => {
  vi.setSystemTime(1000);
  wire.say('connect');
  wire.say('disconnect', 'transport close');
  expect(socket.connection.get()).toEqual({ status: 'reconnecting', since: 1000 });
  vi.advanceTimersByTime(200);
  expect(wire.connects).toBe(2);
  wire.say('connect_error', new Error('websocket error'));
  expect(socket.connection.get()).toEqual({ status: 'reconnecting', since: 1000 });
  vi.advanceTimersByTime(400);
  expect(wire.connects).toBe(3);
  wire.say('connect');
  expect(socket.connection.get()).toEqual({ status: 'online' });
});

it('backs off with jitter, never for more than three seconds', () => {
  expect(reconnectDelayMs(0, () => 0)).toBe(100);
  expect(reconnectDelayMs(0, () => 1)).toBe(200);
  expect(reconnectDelayMs(50, () => 1)).toBe(3000);
});

it('tries at once when the device is online again', () => {
  wire.say('connect');
  for (let i = 0; i < 8; i += 1) {
    wire.say('disconnect', 'transport close');
    vi.advanceTimersByTime(3000);
    wire.say('connect_error', new Error('xhr poll error'));
  }
  const before = wire.connects;
  window.dispatchEvent(new Event('online'));
  expect(wire.connects).toBe(before + 1);
});

it('does not wait for a dead network to be noticed', () => {
  wire.say('connect');
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  window.dispatchEvent(new Event('offline'));
  expect(wire.closedEngines).toBe(1);
  expect(socket.connection.get().status).toBe('offline');
});

it('makes a connection anew that does not answer any more, and keeps one that does', () => {
  wire.say('connect');
  socket.doubt(600);
  for (const heard of wire.heard) heard();
  vi.advanceTimersByTime(700);
  expect(wire.closedEngines).toBe(0);
  socket.doubt(600);
  vi.advanceTimersByTime(599);
  expect(wire.closedEngines).toBe(0);
  vi.advanceTimersByTime(1);
  expect(wire.closedEngines).toBe(1);
  expect(wire.connects).toBe(2);
});

it.each([
  ['auth.required', { status: 'signed-out' }],
  ['auth.origin', { status: 'refused', code: 'auth.origin' }],
])('stops when the server refuses with %s', (message, expected) => {
  wire.say('connect_error', new Error(message));
  vi.advanceTimersByTime(60_000);
  expect(socket.connection.get()).toEqual(expected);
  expect(wire.connects).toBe(1);
});

it('goes on trying when the server is only busy', () => {
  wire.say('connect_error', new Error('rate.limited'));
  vi.advanceTimersByTime(3000);
  expect(wire.connects).toBe(2);
});

it('is over when the session ends', () => {
  wire.say('connect');
  wire.say('session.ended', {});
  wire.say('disconnect', 'io server disconnect');
  vi.advanceTimersByTime(60_000);
  expect(socket.connection.get()).toEqual({ status: 'signed-out' });
  expect(wire.connects).toBe(1);
});
