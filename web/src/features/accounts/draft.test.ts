import { describe, expect, it } from 'vitest';
import { emptyDraft, mistakesOf, requestOf, type Draft } from './draft';

const today = '2026-11-23';
const patient: Draft = {
  ...emptyDraft,
  display_name: ' Zhao Lin ',
  login: 'Zhao.Lin',
  password: 'long enough',
  birth_date: '1954-03-10',
};

describe('the mistakes', () => {
  it('of an empty form are all its required fields, by role', () => {
    const fields = (role: Draft['role']) =>
      Object.keys(mistakesOf({ ...emptyDraft, role }, today)).sort();
    const always = ['display_name', 'login', 'password'];
    expect(fields('patient')).toEqual(['birth_date', ...always]);
    expect(fields('doctor')).toEqual([...always, 'specialty', 'title']);
    expect(fields('pharmacist')).toEqual([...always, 'specialty', 'title']);
    expect(fields('auditor')).toEqual(always);
    expect(fields('admin')).toEqual(always);
  });

  it.each([
    [{ login: 'zl' }, { login: 'badLogin' }],
    [{ login: '-zhao' }, { login: 'badLogin' }],
    [{ login: '赵林林' }, { login: 'badLogin' }],
    [{ password: 'too short' }, { password: 'shortPassword' }],
    [{ email: 'zhao' }, { email: 'badEmail' }],
    [{ birth_date: '2026-11-24' }, { birth_date: 'future' }],
    [{ birth_date: today }, {}],
    [{}, {}],
  ])('of %o are %o', (changed, mistakes) => {
    expect(mistakesOf({ ...patient, ...changed }, today)).toEqual(mistakes);
  });
});

it('sends what the role has, and nothing left over from another', () => {
  const changed = { ...patient, title: 'Chief', specialty: 'GP', email: ' ' };
  expect(requestOf(changed)).toMatchObject({
    display_name: 'Zhao Lin',
    birth_date: '1954-03-10',
    title: null,
    specialty: null,
    email: null,
  });
  expect(requestOf({ ...changed, role: 'doctor' })).toMatchObject({
    birth_date: null,
    title: 'Chief',
    specialty: 'GP',
  });
});
