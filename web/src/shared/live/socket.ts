/**
 * The live connection of a page: one Socket.IO connection on the namespace /visit, typed by the wire
 * protocol. It reconnects by itself; what to do after a reconnect is its users' business.
 */
import { io } from 'socket.io-client';
import type { ErrorView, Signaling } from '../../protocol/signaling';
import { LiveError } from './liveError';
import { Store, type Readable } from './store';

type ClientEvents = Signaling['client'];
type ServerEvents = Signaling['server'];
export type ClientEvent = keyof ClientEvents;
export type ServerEvent = keyof ServerEvents;
export type BodyOf<Event extends ClientEvent> = ClientEvents[Event]['body'];
export type DataOf<Event extends ClientEvent> = ClientEvents[Event]['data'];

export type Connection =
  | { status: 'connecting' }
  | { status: 'online' }
  /** `since` is Date.now() when the connection was lost. */
  | { status: 'reconnecting'; since: number }
  /** As reconnecting, and the device itself says that it has no network. */
  | { status: 'offline'; since: number }
  /** The session ended; this connection is over. */
  | { status: 'signed-out' }
  /** The server will not have this page, and trying again would not help. */
  | { status: 'refused'; code: string };

export interface LiveSocket {
  readonly connection: Readable<Connection>;
  /**
   * Sends an event and resolves to the data of its answer.
   *
   * Rejects with LiveError: the server's own code; network.unreachable at once when there is no
   * connection, or when it breaks before the answer; network.timeout after 8 s. Never repeats.
   */
  request: <Event extends ClientEvent>(event: Event, body: BodyOf<Event>) => Promise<DataOf<Event>>;
  /**
   * The network may be another one. A connection on which nothing comes for so long from now on is given
   * up, and made anew at once: TCP alone would not notice for long.
   */
  doubt: (ms: number) => void;
  /** Listens to a server event; call what is returned to stop. */
  on: <Event extends ServerEvent>(
    event: Event,
    listener: (body: ServerEvents[Event]) => void,
  ) => () => void;
  close: () => void;
}

/** What is used of socket.io-client's Socket. */
export interface Wire {
  readonly connected: boolean;
  connect: () => unknown;
  disconnect: () => unknown;
  on: (event: string, listener: (...values: never[]) => void) => unknown;
  off: (event: string, listener: (...values: never[]) => void) => unknown;
  timeout: (ms: number) => {
    emit: (
      event: string,
      body: unknown,
      done: (error: Error | null, answer: unknown) => void,
    ) => unknown;
  };
  io: {
    engine?:
      { close: () => unknown; once: (event: 'packet', heard: () => void) => unknown } | undefined;
  };
}

const answerTimeoutMs = 8_000;
const firstDelayMs = 200;
const longestDelayMs = 3_000;

/** `as` says as whom the page comes, when not as who is signed in. */
export function openWire(as?: { as: 'guest' }): Wire {
  return io('/visit', {
    ...(as ? { auth: as } : {}),
    path: '/socket.io',
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    // The reconnecting is done below: socket.io's own cannot be told to try at once.
    reconnection: false,
    autoConnect: false,
    timeout: 5_000,
  }) as Wire;
}

/** Full jitter over the upper half, so that a whole waiting room does not come back in one instant. */
export function reconnectDelayMs(attempt: number, random = Math.random): number {
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** attempt);
  return ceiling * (0.5 + random() / 2);
}

/** The data of an answer, or why there is none. */
function readAnswer(answer: unknown): { data: unknown } | LiveError {
  const { ok, data, error } = (answer ?? {}) as { ok?: boolean; data?: unknown; error?: ErrorView };
  if (ok === true) return { data: data ?? {} };
  return error ? LiveError.of(error) : new LiveError('response.unreadable');
}

/** Opens the connection at once. */
export function connectLive(wire: Wire = openWire()): LiveSocket {
  const connection = new Store<Connection>({ status: 'connecting' });
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let doubting: ReturnType<typeof setTimeout> | undefined;
  let trying = false;
  let over = false;

  const tryNow = () => {
    clearTimeout(timer);
    if (over || wire.connected || trying) return;
    trying = true;
    wire.connect();
  };

  const lost = () => {
    trying = false;
    if (over) return;
    const now = connection.get();
    const since = 'since' in now ? now.since : Date.now();
    if (now.status !== 'connecting' || !navigator.onLine) {
      connection.set({ status: navigator.onLine ? 'reconnecting' : 'offline', since });
    }
    clearTimeout(timer);
    timer = setTimeout(tryNow, reconnectDelayMs(attempt));
    attempt += 1;
  };

  const end = (last: Connection) => {
    over = true;
    clearTimeout(timer);
    connection.set(last);
    wire.disconnect();
  };

  const onConnect = () => {
    trying = false;
    attempt = 0;
    connection.set({ status: 'online' });
  };
  const onConnectError = (error: Error) => {
    // A refusal by the server carries its code as the message; a failed transport says otherwise.
    if (/^(auth\.required|guest\.)/.test(error.message)) end({ status: 'signed-out' });
    else if (/^(auth\.|event\.unknown|not_found)/.test(error.message)) {
      end({ status: 'refused', code: error.message });
    } else lost();
  };
  const onSessionEnded = () => end({ status: 'signed-out' });

  wire.on('connect', onConnect);
  wire.on('connect_error', onConnectError);
  wire.on('disconnect', lost);
  wire.on('session.ended', onSessionEnded);

  const onOffline = () => {
    // A dead network is not noticed by TCP for long; if it is alive after all, this costs a moment.
    if (wire.connected) wire.io.engine?.close();
    else lost();
  };
  const onOnline = () => {
    attempt = 0;
    tryNow();
  };
  const doubt = (ms: number) => {
    const doubted = wire.connected ? wire.io.engine : undefined;
    if (!doubted) {
      onOnline();
      return;
    }
    clearTimeout(doubting);
    doubting = setTimeout(() => {
      if (wire.io.engine !== doubted || !wire.connected) return;
      doubted.close();
      onOnline();
    }, ms);
    doubted.once('packet', () => clearTimeout(doubting));
  };
  const onVisible = () => {
    if (document.visibilityState === 'visible') onOnline();
  };
  window.addEventListener('offline', onOffline);
  window.addEventListener('online', onOnline);
  document.addEventListener('visibilitychange', onVisible);

  tryNow();

  return {
    connection,
    request: (event, body) =>
      new Promise((resolve, reject) => {
        if (!wire.connected) {
          reject(new LiveError('network.unreachable'));
          return;
        }
        wire.timeout(answerTimeoutMs).emit(event, body, (error, answer) => {
          if (error) {
            const cut = !wire.connected || error.message.includes('disconnected');
            reject(new LiveError(cut ? 'network.unreachable' : 'network.timeout'));
            return;
          }
          const read = readAnswer(answer);
          if (read instanceof LiveError) reject(read);
          else resolve(read.data as never);
        });
      }),
    doubt,
    on: (event, listener) => {
      wire.on(event, listener);
      return () => void wire.off(event, listener);
    },
    close: () => {
      window.removeEventListener('offline', onOffline);
      window.removeEventListener('online', onOnline);
      document.removeEventListener('visibilitychange', onVisible);
      over = true;
      clearTimeout(timer);
      clearTimeout(doubting);
      wire.disconnect();
    },
  };
}
