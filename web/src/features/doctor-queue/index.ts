export { ArrivalNews } from './ArrivalNews';
export { chimeWanted, wantChime } from './chime';
export { NextUp } from './NextUp';
export { PresenceMark } from './PresenceMark';
export { groupQueue, nextUp, type QueueGroups } from './queue';
export { QueueRail } from './QueueRail';
export { useClockAhead } from './useClockAhead';
