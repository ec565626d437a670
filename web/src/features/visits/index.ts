export { useVisitTimes, type VisitTimes } from './times';
export { useNow } from './useNow';
export { useComingVisits, usePastVisits, useRefreshVisits, useVisit } from './useVisits';
export {
  closesAt,
  opensAt,
  stageOf,
  upcomingOf,
  type ConsultationState,
  type ListedVisit,
  type Visit,
  type VisitStage,
} from './visit';
export { VisitCard, type VisitCardProps } from './VisitCard';
export { VisitList, type VisitListProps } from './VisitList';
export { VisitPill } from './VisitPill';
