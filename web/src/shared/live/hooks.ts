/**
 * How components take part in what is live.
 *
 *   const visit = useRoom(consultationId, { kind: 'patient', enter: 'later' });
 *   visit.state.phase ...            // re-renders as the room changes
 *   <Button onClick={visit.enter}>   // joins, opens the devices
 *   <CallStage visit={visit} />      // features/call
 *   <ChatPane visit={visit} />       // features/chat
 *
 * Everything is shared and counted: two components may use the same room, strict mode may mount twice,
 * one page may follow another; the call ends a moment after the last of them is gone. A page that keeps
 * a waiting patient in the queue while they read something else keeps `useRoom` mounted above both.
 */
import { useQueryClient } from '@tanstack/react-query';
import {
  startTransition,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { sessionKey, useAccount } from '../session';
import { MicrophoneLevel } from './level';
import { LiveContext } from './live';
import type { LocalMedia } from './media';
import type { MediaState } from './mediaState';
import type { LinkState } from './linkState';
import type { CallLink } from './callLink';
import type { Pool } from './pool';
import type { DoctorQueue, QueueState } from './queue';
import type { ConsultationRoom } from './room';
import type { RoomKind, RoomState } from './roomState';
import type { Connection, LiveSocket } from './socket';
import type { Readable } from './store';
import type { Visit } from './visit';

/** The value of a store, now and whenever it changes. */
export function useReadable<Value>(readable: Readable<Value>): Value {
  return useSyncExternalStore(readable.subscribe, readable.get);
}

/** The value of a pool for a key, kept while the component is mounted. */
export function usePooled<Value>(pool: Pool<Value>, key: string): Value {
  const drawn = useMemo(() => pool.of(key), [pool, key]);
  const [held, setHeld] = useState<{ drawn: Value; value: Value } | null>(null);
  useEffect(() => {
    const letGo = pool.hold(key);
    // A page that took long to be drawn may find that what it was drawn with has ended meanwhile.
    const value = pool.of(key);
    if (value !== drawn) startTransition(() => setHeld({ drawn, value }));
    return letGo;
  }, [pool, key, drawn]);
  return held?.drawn === drawn ? held.value : drawn;
}

/** The page's live connection, open while any component uses it. */
export function useLiveSocket(): LiveSocket {
  const socket = usePooled(useContext(LiveContext).sockets, useAccount().id);
  const client = useQueryClient();
  const signedOut = useReadable(socket.connection).status === 'signed-out';
  useEffect(() => {
    // The session is asked for again, and whoever needs one leads to signing in.
    if (signedOut) void client.invalidateQueries({ queryKey: sessionKey });
  }, [client, signedOut]);
  return socket;
}

/** Whether the hospital can be reached, for pages that show it. */
export function useConnection(): Connection {
  return useReadable(useLiveSocket().connection);
}

export interface RoomHandle {
  state: RoomState;
  link: LinkState;
  devices: MediaState;
  room: ConsultationRoom;
  peer: CallLink;
  media: LocalMedia;
  /** Enters the room, or comes back to it, and opens the devices. */
  enter: () => void;
}

export interface UseRoomOptions {
  kind: RoomKind;
  /**
   * `now` (the default) enters as soon as this is mounted. `later` connects and prepares, so that the
   * press of a button that calls `enter` costs as little as can be.
   */
  enter?: 'now' | 'later';
}

/** The room of one consultation. Mount it where the visit is on the screen; see the top of this file. */
export function useRoom(consultationId: string, options: UseRoomOptions): RoomHandle {
  useLiveSocket();
  return useRoomOf(useAccount().id, consultationId, options);
}

/** As useRoom, for who has no account: `who` is the guest's own id. */
export function useRoomOf(
  who: string,
  consultationId: string,
  { kind, enter: when = 'now' }: UseRoomOptions,
): RoomHandle {
  const live = useContext(LiveContext);
  const key = live.visitKey(kind, who, consultationId);
  const { visit } = usePooled(live.visits, key);
  useEffect(() => {
    if (when === 'now' && visit.room.get().phase === 'outside') visit.enter();
  }, [visit, when]);
  return useVisit(visit);
}

interface Shown {
  visit: Visit;
  state: RoomState;
  link: LinkState;
  devices: MediaState;
}

function read(visit: Visit): Shown {
  return {
    visit,
    state: visit.room.get(),
    link: visit.link.get(),
    devices: visit.media.get(),
  };
}

/**
 * The three stores of a visit, drawn as transitions: React then gives way to whatever comes in between,
 * and the handshake of a call does not wait for a page to be drawn.
 */
function useVisit(visit: Visit): RoomHandle {
  const [kept, setShown] = useState(() => read(visit));
  const shown = kept.visit === visit ? kept : read(visit);
  useEffect(() => {
    const update = () => startTransition(() => setShown(read(visit)));
    update();
    const stops = [visit.room, visit.link, visit.media].map(({ subscribe }) => subscribe(update));
    return () => stops.forEach((stop) => stop());
  }, [visit]);
  const { state, link, devices } = shown;
  return useMemo(
    () => ({
      state,
      link,
      devices,
      room: visit.room,
      peer: visit.link,
      media: visit.media,
      enter: () => visit.enter(),
    }),
    [visit, state, link, devices],
  );
}

/**
 * The page's camera and microphone, shared with every room on the page: what a device check opened, the
 * call goes on with. Opens nothing by itself: call `media.acquire()`.
 */
export function useLocalMedia(): { media: LocalMedia; devices: MediaState } {
  const media = usePooled(useContext(LiveContext).media, 'page');
  return { media, devices: useReadable(media) };
}

/** How loud the microphone is, 0 to 1, some twelve times a second; 0 while there is none. */
export function useMicrophoneLevel(track: MediaStreamTrack | null): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (!track) return undefined;
    const meter = new MicrophoneLevel(track, setLevel);
    return () => {
      meter.stop();
      setLevel(0);
    };
  }, [track]);
  return level;
}

/** Today's queue of the signed-in doctor, live. `queue.refresh()` reads it again at once. */
export function useQueue(): { state: QueueState; connection: Connection; queue: DoctorQueue } {
  const live = useContext(LiveContext);
  const connection = useConnection();
  const { queue } = usePooled(live.queues, useAccount().id);
  return { state: useReadable(queue), connection, queue };
}

/** How much of the other side's came since the chat was last open: messages, files, invitations. */
export function useUnread(
  { state, room }: Pick<RoomHandle, 'state' | 'room'>,
  open: boolean,
): number {
  const mine = state.me?.account_id;
  const theirs = state.entries.filter(
    ({ kind, author_id }) =>
      (kind === 'chat' || kind === 'file' || kind === 'guest-invited') && author_id !== mine,
  );
  const last = theirs.at(-1)?.seq ?? 0;
  const [read, setRead] = useState<{ room: ConsultationRoom; seq: number } | null>(null);
  // What was said before this page knew the room counts as read: the record shows it.
  const known = state.phase === 'inside';
  if (known && (read?.room !== room || (open && read.seq !== last))) setRead({ room, seq: last });
  if (open || read?.room !== room) return 0;
  return theirs.filter(({ seq }) => seq > read.seq).length;
}
