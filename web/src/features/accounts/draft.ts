/** An account in the making: which fields each role has, and what is wrong with them. */
import type { components } from '../../protocol/api';
import type { AccountsText } from './strings';

export type NewAccount = components['schemas']['NewAccount'];
export type Role = NewAccount['role'];

/** The fields by the API's own names, so that the mistakes which it names find their place. */
export interface Draft {
  role: Role;
  display_name: string;
  login: string;
  password: string;
  email: string;
  locale: NewAccount['locale'];
  birth_date: string;
  title: string;
  specialty: string;
}

export type Field = keyof Draft;

export const emptyDraft: Draft = {
  role: 'patient',
  display_name: '',
  login: '',
  password: '',
  email: '',
  locale: 'zh-CN',
  birth_date: '',
  title: '',
  specialty: '',
};

export const hasBirthDate = (role: Role) => role === 'patient';
export const hasProfession = (role: Role) => role === 'doctor' || role === 'pharmacist';

const loginShape = /^[a-z0-9][a-z0-9._+@-]{1,118}[a-z0-9]$/;
const shortestPassword = 10;

type Mistake = 'missing' | 'badLogin' | 'shortPassword' | 'badEmail' | 'future';

/** Every mistake that can be seen without asking the server; it decides in the end. */
export function mistakesOf(draft: Draft, today: string): Partial<Record<Field, Mistake>> {
  const mistakes: Partial<Record<Field, Mistake>> = {};
  const required: Field[] = ['display_name', 'login', 'password'];
  if (hasBirthDate(draft.role)) required.push('birth_date');
  if (hasProfession(draft.role)) required.push('title', 'specialty');

  if (!loginShape.test(draft.login.trim().toLowerCase())) mistakes.login = 'badLogin';
  if (draft.password.length < shortestPassword) mistakes.password = 'shortPassword';
  if (draft.email.trim() !== '' && !/^[^@\s]+@[^@\s]+$/.test(draft.email.trim())) {
    mistakes.email = 'badEmail';
  }
  if (hasBirthDate(draft.role) && draft.birth_date > today) mistakes.birth_date = 'future';
  for (const field of required) {
    if (draft[field].trim() === '') mistakes[field] = 'missing';
  }
  return mistakes;
}

export function mistakeWords(text: AccountsText, mistake: Mistake | undefined): string | undefined {
  return mistake && text(`form.${mistake}`);
}

/** What is sent: only the fields that the role has. */
export function requestOf(draft: Draft): NewAccount {
  const { role, locale, password } = draft;
  return {
    role,
    locale,
    password,
    display_name: draft.display_name.trim(),
    login: draft.login.trim(),
    email: draft.email.trim() || null,
    birth_date: hasBirthDate(role) ? draft.birth_date : null,
    title: hasProfession(role) ? draft.title.trim() : null,
    specialty: hasProfession(role) ? draft.specialty.trim() : null,
  };
}
