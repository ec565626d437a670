export const roles = ['patient', 'doctor', 'pharmacist', 'auditor', 'admin'] as const;
export type Role = (typeof roles)[number];

export interface Account {
  id: string;
  role: Role;
  display_name: string;
  locale: string;
  login: string;
}

export interface SessionAnswer {
  account: Account;
  csrf_token: string;
  /** Whether only a password was given yet; then nothing but the second factor may be asked for. */
  state: 'open' | 'second-factor-pending';
}

export interface DemoLogin {
  role: Role;
  login: string;
  password: string;
  display_name: string;
}

export interface Hospital {
  name: string;
  demo: boolean;
  demo_logins: DemoLogin[];
  emergency_number: string;
  default_locale: string;
  /** An IANA zone, such as Asia/Shanghai. */
  time_zone: string;
  /** Whether the hospital's address can have passkeys. */
  passkeys: boolean;
  /** What the staff's OpenID provider is called, where there is one. */
  single_sign_on: string | null;
}

/** Where each role starts. */
export const homeOf: Record<Role, string> = {
  patient: '/',
  doctor: '/doctor',
  pharmacist: '/pharmacist',
  auditor: '/auditor',
  admin: '/admin',
};

/** Open to everybody: the hospital's doctors and their times. */
export const doctorsPath = '/doctors';
export const signInPath = '/sign-in';
export const secondFactorPath = '/second-factor';
export const registerPath = '/register';
export const resetPath = '/reset-password';
