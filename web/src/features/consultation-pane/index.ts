export { CallBar } from './CallBar';
export { DevicePanel } from './DevicePanel';
export { FinishedPanel } from './FinishedPanel';
export { OtherCallPanel } from './OtherCallPanel';
export { ReadyPanel } from './ReadyPanel';
export { usePaneText } from './strings';
export { localMoment, type VisitFacts } from './visit';
export { VisitHeader } from './VisitHeader';
export { VisitTab } from './VisitTab';
