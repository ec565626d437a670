import { describe, expect, it } from 'vitest';
import { draftOf, minorOf, mistakesOf, requestOf, type Profile } from './profile';

const profile: Profile = {
  practitioner_id: 'p1',
  name: '何新',
  state: 'draft',
  title: '医师',
  specialty: null,
  licence_number: null,
  fee_minor: null,
  currency: 'CNY',
  languages: [],
  practising_since: null,
  biography_zh: null,
  biography_en: null,
  consent_on_file: false,
  reason: null,
  submitted_at: null,
  decided_at: null,
  missing: {},
};

describe('an amount', () => {
  it.each([
    ['80', 'CNY', 8000],
    ['80.5', 'CNY', 8050],
    ['80,05', 'CNY', 8005],
    ['800', 'JPY', 800],
    ['80.505', 'CNY', undefined],
    ['8.5', 'JPY', undefined],
    ['-1', 'CNY', undefined],
    ['eighty', 'CNY', undefined],
  ])('of %s %s is %s in minor units', (text, currency, minor) => {
    expect(minorOf(text, currency)).toBe(minor);
  });
});

it('shows an amount as it is typed', () => {
  const shown = (fee_minor: number | null) => draftOf({ ...profile, fee_minor }).fee_minor;
  expect([shown(8000), shown(8050), shown(null)]).toEqual(['80', '80.50', '']);
});

it('sends nothing typed as null', () => {
  expect(requestOf(draftOf(profile), 'CNY')).toEqual({
    title: '医师',
    specialty: null,
    licence_number: null,
    fee_minor: null,
    languages: [],
    practising_since: null,
    biography_zh: null,
    biography_en: null,
  });
});

it('sees what cannot be an amount or a year', () => {
  const draft = { ...draftOf(profile), fee_minor: 'x', practising_since: '98' };
  expect(mistakesOf(draft, 'CNY')).toEqual({ fee_minor: 'badFee', practising_since: 'badYear' });
});
