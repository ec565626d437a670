export { flagsOf, flagWords, latestOf, useFlagWords } from './flags';
export { reasonWords, referralWords } from './unsuitable';
export { RedFlags } from './RedFlags';
