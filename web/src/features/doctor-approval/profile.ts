/** A doctor's profile in the making: between what is typed and what the API speaks. */
import type { components } from '../../protocol/api';

export type Profile = components['schemas']['ProfileView'];
export type ProfileState = Profile['state'];
export type OwnEdit = components['schemas']['OwnProfileEdit'];
export type Specialties = components['schemas']['Specialties'];

export interface Draft {
  title: string;
  specialty: string;
  licence_number: string;
  fee_minor: string;
  languages: string[];
  practising_since: string;
  biography_zh: string;
  biography_en: string;
  consent_on_file: boolean;
}

export type Field = keyof Draft;

/** What approval asks for, in the order of the form. */
export const asked = [
  'title',
  'specialty',
  'licence_number',
  'fee_minor',
  'languages',
  'practising_since',
  'consent_on_file',
] as const;

/** How many digits stand behind the point of an amount in this currency. */
export function digitsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

export function draftOf(profile: Profile): Draft {
  const digits = digitsOf(profile.currency);
  const fee = profile.fee_minor;
  return {
    title: profile.title,
    specialty: profile.specialty ?? '',
    licence_number: profile.licence_number ?? '',
    fee_minor: fee === null ? '' : (fee / 10 ** digits).toFixed(fee % 10 ** digits ? digits : 0),
    languages: profile.languages,
    practising_since: profile.practising_since?.toString() ?? '',
    biography_zh: profile.biography_zh ?? '',
    biography_en: profile.biography_en ?? '',
    consent_on_file: profile.consent_on_file,
  };
}

/** The amount in minor units; undefined when it is no amount. */
export function minorOf(text: string, currency: string): number | undefined {
  const digits = digitsOf(currency);
  const match = /^(\d{1,8})(?:[.,](\d+))?$/.exec(text.trim());
  if (!match || (match[2]?.length ?? 0) > digits) return undefined;
  return Number(match[1]) * 10 ** digits + Number((match[2] ?? '').padEnd(digits, '0') || 0);
}

/** What can be seen to be wrong without asking the server; it decides in the end. */
export function mistakesOf(
  draft: Draft,
  currency: string,
): Partial<Record<Field, 'badFee' | 'badYear'>> {
  const mistakes: Partial<Record<Field, 'badFee' | 'badYear'>> = {};
  if (draft.fee_minor.trim() !== '' && minorOf(draft.fee_minor, currency) === undefined) {
    mistakes.fee_minor = 'badFee';
  }
  if (draft.practising_since.trim() !== '' && !/^\d{4}$/.test(draft.practising_since.trim())) {
    mistakes.practising_since = 'badYear';
  }
  return mistakes;
}

/** What is sent: nothing typed is null. */
export function requestOf(draft: Draft, currency: string): OwnEdit {
  const { practising_since: since } = draft;
  return {
    title: draft.title.trim(),
    specialty: (draft.specialty || null) as OwnEdit['specialty'],
    licence_number: draft.licence_number.trim() || null,
    fee_minor: minorOf(draft.fee_minor, currency) ?? null,
    languages: draft.languages,
    practising_since: since.trim() === '' ? null : Number(since),
    biography_zh: draft.biography_zh.trim() || null,
    biography_en: draft.biography_en.trim() || null,
  };
}
