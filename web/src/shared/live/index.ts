export {
  useConnection,
  useLiveSocket,
  useLocalMedia,
  useMicrophoneLevel,
  useQueue,
  useReadable,
  useRoom,
  useRoomOf,
  useUnread,
  type RoomHandle,
  type UseRoomOptions,
} from './hooks';
export type { LinkSample } from './linkStats';
export { createLive, LiveContext, type Live } from './live';
export { hasLiveCode, LiveError, type LiveCode } from './liveError';
export type { LocalMedia } from './media';
export {
  sendingOf,
  type DeviceChoice,
  type DeviceKind,
  type DeviceProblem,
  type DeviceState,
  type MediaState,
} from './mediaState';
export { type PendingMessage } from './outbox';
export type { CallPeople, Person, PersonFigures } from './personFigures';
export type { LinkState, LinkStatus } from './linkState';
export type { CallLink } from './callLink';
export type { QueueState } from './queue';
export type { ConsultationRoom } from './room';
export type { RoomKind, RoomPhase, RoomState } from './roomState';
export { connectLive, openWire, type Connection, type LiveSocket } from './socket';
export { digestOf } from './digest';
export { newId } from './ids';
export { Store, type Readable } from './store';
export { keepScreenLit } from './wakeLock';
