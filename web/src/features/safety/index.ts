export { FeelWorse } from './FeelWorse';
export { LocationBar, LocationStep, useLocationForm } from './LocationStep';
export { PatientPlace } from './PatientPlace';
export { QuestionsBar, useQuestions, type Questions } from './QuestionsForm';
export { RedFlagBand } from './RedFlagBand';
export { SafetyStep } from './SafetyStep';
export { useSafetyText } from './strings';
export { UrgentNotice } from './UrgentNotice';
export { useVisitSafety, type VisitSafety } from './useSafety';
