export { DiagnosisBand } from './DiagnosisBand';
export { DiagnosisForm } from './DiagnosisForm';
