export { changeState, ChangeSaid, type Change } from './ChangeSaid';
export { CallOff, OwnVisits } from './CallOff';
export { useWaitlist } from './changes';
export { ChangeVisit, type ChangeVisitProps } from './ChangeVisit';
export { OfferOf, OfferTimes, RebookingOffers, type OfferTimesProps } from './RebookingOffers';
export { useChangesText } from './strings';
export { JoinWaitlist, WaitlistCards } from './Waitlist';
