export { WaitingRoom, type WaitingRoomProps } from './WaitingRoom';
export { useWaitingWords, type Planned } from './waitingWords';
