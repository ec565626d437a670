export { canUsePasskeys, createPasskey, isCancelled, signWithPasskey } from './ceremony';
export type { Ceremony, PasskeyAnswer } from './ceremony';
