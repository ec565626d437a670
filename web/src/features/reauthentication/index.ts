export { ProofDialog } from './ProofDialog';
