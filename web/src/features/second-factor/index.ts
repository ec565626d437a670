export { RecoveryPanel } from './RecoveryPanel';
export { SecondFactorPage } from './SecondFactorPage';
