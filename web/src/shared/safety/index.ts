export { flagsOf, flagWords, latestOf, useFlagWords } from './flags';
export { RedFlags } from './RedFlags';
