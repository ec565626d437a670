export { FamilyList } from './FamilyList';
export { FamilyProposals } from './FamilyProposals';
export { useFamily } from './family';
export { forOneself, ForWhom, useWhomIsWhole, type Whom } from './ForWhom';
export { GuardianBar, GuardianStep } from './GuardianStep';
export { useFamilyText } from './strings';
