export { useSpecialties, useStanding } from './useStanding';
