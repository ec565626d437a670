export { useAccount, useIsOther, useSession, type Session, type SessionState } from './context';
export { landing } from './landing';
export { RequireRole } from './RequireRole';
export { sessionKey, SessionProvider } from './SessionProvider';
export { useSessionText } from './strings';
export {
  doctorsPath,
  homeOf,
  registerPath,
  resetPath,
  roles,
  secondFactorPath,
  signInPath,
  type Account,
  type DemoLogin,
  type Hospital,
  type Role,
  type SessionAnswer,
} from './types';
export { useHospital } from './useHospital';
export { useHospitalTime } from './useHospitalTime';
export { useToday } from './useToday';
