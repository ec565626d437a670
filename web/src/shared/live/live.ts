import { createContext } from 'react';
import { LocalMedia } from './media';
import { clearOutboxes } from './outbox';
import { Pool } from './pool';
import { DoctorQueue } from './queue';
import type { RoomKind } from './roomState';
import { connectLive, type LiveSocket } from './socket';
import { Visit } from './visit';

export interface LiveOptions {
  openSocket?: () => LiveSocket;
  openMedia?: () => LocalMedia;
  createConnection?: (configuration: RTCConfiguration) => RTCPeerConnection;
}

const socketLingerMs = 3_000;
const lingerMs = 1_000;

/**
 * What is live on a page, shared by all its components: one connection per account, one owner of the
 * devices, one visit per consultation.
 */
export function createLive({ openSocket, openMedia, createConnection }: LiveOptions = {}) {
  const sockets = new Pool<LiveSocket>(
    (accountId) => {
      clearOutboxes(accountId);
      return openSocket ? openSocket() : connectLive();
    },
    (socket) => socket.close(),
    socketLingerMs,
    // Who signs in again at once needs another connection than the one that signing out has ended.
    (socket) => socket.connection.get().status === 'signed-out',
  );
  const media = new Pool<LocalMedia>(
    () => (openMedia ? openMedia() : new LocalMedia()),
    (devices) => devices.dispose(),
    lingerMs,
  );
  const queues = new Pool<{ queue: DoctorQueue; letGo: () => void }>(
    (accountId) => ({
      queue: new DoctorQueue(sockets.of(accountId)),
      letGo: sockets.hold(accountId),
    }),
    ({ queue, letGo }) => {
      queue.dispose();
      letGo();
    },
    lingerMs,
  );
  const visits = new Pool<{ visit: Visit; letGo: () => void }>(
    (key) => {
      const [kind, accountId, consultationId] = key.split('/') as [RoomKind, string, string];
      const holds = [sockets.hold(accountId), media.hold('page')];
      const visit = new Visit(sockets.of(accountId), media.of('page'), consultationId, {
        accountId,
        kind,
        ...(createConnection ? { create: createConnection } : {}),
      });
      return { visit, letGo: () => holds.forEach((letGo) => letGo()) };
    },
    ({ visit, letGo }) => {
      visit.dispose();
      letGo();
    },
    lingerMs,
  );
  const visitKey = (kind: RoomKind, accountId: string, consultationId: string) =>
    [kind, accountId, consultationId].join('/');
  return { sockets, media, queues, visits, visitKey };
}

export type Live = ReturnType<typeof createLive>;

/** The page's own; tests put another above what they render. */
export const LiveContext = createContext<Live>(createLive());
