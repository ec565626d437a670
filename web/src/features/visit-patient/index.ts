export { EarlierVisits, EvidenceBand, PatientLine } from './PatientLine';
export { useVisitPatient, type VisitPatient } from './useVisitPatient';
