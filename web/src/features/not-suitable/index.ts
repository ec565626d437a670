export { TurnAway } from './TurnAway';
export { UnsuitableClosing, UnsuitableNotice } from './UnsuitableNotice';
