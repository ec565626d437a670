import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { chooseLanguage } from '../../shared/i18n';
import { bookPath, followUpPath } from './paths';
import { TestHospital, visitIn } from './testVisit';

const doctorId = '0199a000-0000-7000-8000-000000000001';
const at = '2099-11-24T01:00:00.000Z';
const child = {
  patient_id: 'p2',
  name: '李小宝',
  birth_date: '2020-05-01',
  gender: 'male',
  relationship: 'parent',
  state: 'active',
  is_child: true,
  ends_at: '2038-04-30T16:00:00Z',
  added_at: '2026-11-23T09:00:00Z',
  reason: null,
};
const doctor = {
  id: doctorId,
  name: '张文华',
  title: '主任医师',
  specialty: { code: 'cardiology', words: { 'zh-CN': '心血管内科', en: 'Cardiology' } },
  fee_minor: 0,
  currency: 'CNY',
  languages: ['zh'],
  years: 20,
  biography_zh: null,
  biography_en: null,
  next_free: [],
};
const alternative = {
  practitioner_id: doctorId,
  practitioner_name: '张文华',
  practitioner_title: '主任医师',
  starts_at: at,
  ends_at: '2099-11-24T01:30:00.000Z',
  fee_minor: 0,
  currency: 'CNY',
};

beforeEach(() => chooseLanguage('en'));

it('leads to a free time for the child for whom one wanted to wait', async () => {
  const hospital = new TestHospital(visitIn(30));
  Object.assign(hospital.answers, {
    [`GET /api/doctors/${doctorId}`]: [200, doctor],
    [`GET /api/doctors/${doctorId}/slots`]: [200, { slots: [] }],
    'GET /api/family': [200, { members: [child] }],
    'POST /api/waitlist': [409, { code: 'waitlist.times_free', alternatives: [alternative] }],
  });
  hospital.open(`/doctors/${doctorId}`);
  await userEvent.click(await screen.findByRole('button', { name: 'Join the waitlist' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(await dialog.findByRole('radio', { name: '李小宝' }));
  await userEvent.click(await dialog.findByRole('checkbox'));
  await userEvent.click(dialog.getByRole('button', { name: 'Join the waitlist' }));
  const free = await dialog.findByRole('link', { name: /Book/ });
  expect(free).toHaveAttribute('href', bookPath(doctorId, at, 'p2'));
});

it('names for whom a time is booked, and nobody for oneself', () => {
  expect(bookPath('d1', 'now')).toBe('/book/d1?at=now');
  expect(bookPath('d1', 'now', 'p2')).toBe('/book/d1?at=now&for=p2');
  expect(followUpPath('d1', 'now', 'p2')).toBe('/book/d1?at=now&for=p2&follow_up=1');
  expect(followUpPath('d1', 'now', null)).toBe('/book/d1?at=now&follow_up=1');
});
