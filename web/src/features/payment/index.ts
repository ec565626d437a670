export { PayVisit } from './PayVisit';
export { usePaymentText } from './strings';
