import { QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueryClient } from '../http';
import { SessionProvider, sessionKey } from '../session';
import { useQueue, useRoom, useUnread } from './hooks';
import { createLive, LiveContext } from './live';
import type { LocalMedia } from './media';
import { Store } from './store';
import {
  aConsultation,
  anEntry,
  aParticipant,
  aSnapshot,
  consultationId,
  FakeSocket,
  patientId,
} from './testing';
import { FakeConnection, stubMediaStream } from './testingPeer';

let socket: FakeSocket;
let sockets: number;
let connections: FakeConnection[];

class FakeMedia {
  acquired = 0;
  released = 0;
  readonly state = new Store({
    status: 'ready',
    microphone: { on: true, track: null, problem: null, interrupted: false },
    camera: { on: true, track: null, problem: null, interrupted: false },
  });
  readonly get = this.state.get;
  readonly subscribe = this.state.subscribe;
  acquire() {
    this.acquired += 1;
    return Promise.resolve();
  }
  release() {
    this.released += 1;
  }
  dispose() {
    this.released += 1;
  }
}
let media: FakeMedia;

/** Rendered once, so that what it makes is made once. */
function renderPage(children: ReactNode) {
  const queries = createQueryClient(() => undefined);
  const account = { id: patientId, role: 'patient', display_name: '李晓兰', locale: 'zh-CN' };
  queries.setQueryData(sessionKey, {
    account: { ...account, login: 'patient.li' },
    pending: false,
  });
  const live = createLive({
    openSocket: () => {
      sockets += 1;
      return socket;
    },
    openMedia: () => media as unknown as LocalMedia,
    createConnection: () => {
      const connection = new FakeConnection();
      connections.push(connection);
      return connection as unknown as RTCPeerConnection;
    },
  });
  const page = (inner: ReactNode) => (
    <StrictMode>
      <QueryClientProvider client={queries}>
        <SessionProvider>
          <LiveContext value={live}>{inner}</LiveContext>
        </SessionProvider>
      </QueryClientProvider>
    </StrictMode>
  );
  const view = render(page(children));
  return { away: () => view.rerender(page(null)) };
}

const settle = (ms = 0) => act(() => vi.advanceTimersByTimeAsync(ms));

beforeEach(() => {
  vi.useFakeTimers();
  stubMediaStream();
  socket = new FakeSocket();
  sockets = 0;
  connections = [];
  media = new FakeMedia();
  socket.answer('room.join', () => aSnapshot());
  socket.answer('room.leave', () => ({}));
  socket.answer('signal.description', () => ({}));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function Room({ enter, open = false }: { enter?: 'now' | 'later'; open?: boolean }) {
  const visit = useRoom(consultationId, { kind: 'patient', ...(enter ? { enter } : {}) });
  const unread = useUnread(visit, open);
  return (
    <button onClick={visit.enter}>
      {visit.state.phase} {unread}
    </button>
  );
}

describe('a room on the page', () => {
  it('is joined once over one connection, though strict mode mounts twice', async () => {
    renderPage(
      <>
        <Room />
        <Room />
      </>,
    );
    await settle(5_000);
    expect(screen.getAllByText('inside 0')).toHaveLength(2);
    expect(sockets).toBe(1);
    expect(socket.bodies('room.join')).toHaveLength(1);
    expect(media.acquired).toBe(1);
  });

  it('waits for the press of a button when it should be entered later', async () => {
    renderPage(<Room enter="later" />);
    await settle(1_000);
    expect(socket.asked).toEqual([]);
    expect(screen.getByText('outside 0')).toBeVisible();
    act(() => screen.getByRole('button').click());
    await settle();
    expect(screen.getByText('inside 0')).toBeVisible();
  });

  it('is left a moment after its page is gone, with everything it held', async () => {
    const { away } = renderPage(<Room />);
    await settle();
    away();
    await settle(500);
    expect(socket.bodies('room.leave')).toEqual([]);
    await settle(10_000);
    expect(socket.bodies('room.leave')).toHaveLength(1);
    expect(socket.closed).toBe(true);
    expect(media.released).toBeGreaterThan(0);
    expect(connections.every(({ connectionState }) => connectionState === 'closed')).toBe(true);
  });

  it('offers to a page that comes anew, and waits for one that was there before', async () => {
    renderPage(<Room />);
    await settle();
    expect(socket.bodies('signal.description')).toEqual([]);
    const participant = aParticipant('doctor', { endpoint_id: 'reloaded' });
    act(() => socket.push('room.presence', { consultation_id: consultationId, participant }));
    await settle();
    expect(socket.bodies('signal.description')).toMatchObject([
      { to_endpoint: 'reloaded', description: { type: 'offer' } },
    ]);
  });

  it('ends sound, picture and devices with the visit', async () => {
    renderPage(<Room />);
    await settle();
    const consultation = aConsultation('finished');
    act(() => socket.push('room.state', { consultation_id: consultationId, consultation }));
    await settle();
    expect(media.released).toBe(1);
  });

  it('counts what the other wrote since the chat was open', async () => {
    socket.answer('room.join', () => aSnapshot('patient', { entries: [anEntry(1)] }));
    renderPage(<Room />);
    await settle();
    expect(screen.getByText('inside 0')).toBeVisible();
    const added = (seq: number, author_id?: string) =>
      act(() =>
        socket.push('entry.added', {
          consultation_id: consultationId,
          entry: anEntry(seq, author_id ? { author_id } : {}),
        }),
      );
    added(2);
    added(3, patientId);
    added(4);
    expect(screen.getByText('inside 2')).toBeVisible();
    const entry = anEntry(5, { kind: 'guest-invited', detail: { name: 'Wang Fang' } });
    act(() => socket.push('entry.added', { consultation_id: consultationId, entry }));
    expect(screen.getByText('inside 3')).toBeVisible();
  });
});

it('reads the queue at once and on every hint, but not twice at a time', async () => {
  const view = { entries: [], at: '2026-11-23T06:00:00Z' };
  let reading = 0;
  socket.answer('queue.read', async () => {
    reading += 1;
    expect(reading).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    reading -= 1;
    return view;
  });
  function Queue() {
    return <p>{useQueue().state.view?.at ?? 'none'}</p>;
  }
  renderPage(<Queue />);
  await settle(200);
  expect(screen.getByText(view.at)).toBeVisible();
  act(() => {
    for (let hint = 0; hint < 5; hint += 1) socket.push('queue.changed', {});
  });
  await settle(200);
  expect(socket.bodies('queue.read')).toHaveLength(2);
  act(() => socket.push('queue.changed', {}));
  await settle(1_000);
  expect(socket.bodies('queue.read')).toHaveLength(3);
});
