export {
  useConnection,
  useLiveSocket,
  useLocalMedia,
  useMicrophoneLevel,
  useQueue,
  useReadable,
  useRoom,
  useUnread,
  type RoomHandle,
  type UseRoomOptions,
} from './hooks';
export type { LinkSample } from './linkStats';
export { createLive, LiveContext, type Live, type RoomKind } from './live';
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
export type { LinkState, LinkStatus } from './linkState';
export type { CallLink } from './callLink';
export type { QueueState } from './queue';
export type { ConsultationRoom } from './room';
export type { RoomPhase, RoomState } from './roomState';
export type { Connection, LiveSocket } from './socket';
export { newId } from './ids';
export { Store, type Readable } from './store';
export { keepScreenLit } from './wakeLock';
