export { flagsOf, flagWords, latestOf, useFlagWords } from './flags';
export { basisWords, reasonWords, referralWords } from './unsuitable';
export { RedFlags } from './RedFlags';
