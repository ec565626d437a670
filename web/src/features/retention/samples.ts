/** Things of retention as the API sends them, for tests. */
import type { DestructionRequest, Hold, KeptRecord } from './types';

export const terms = {
  visit_years: 15,
  end_years: 3,
  key_backup_days: 35,
  request_hours: 72,
  account_days: 7,
  records_per_request: 200,
};

export const record = (changed: Partial<KeptRecord> = {}): KeptRecord => ({
  consultation_id: 'c-1',
  patient_id: 'p-1',
  patient_name: 'Zhao Lin',
  practitioner_name: 'Li Wenbo',
  scheduled_start: '2026-11-23T06:00:00Z',
  state: 'finished',
  ended_at: '2026-11-23T06:20:00Z',
  last_visit_at: '2026-11-23T06:20:00Z',
  due_at: '2041-11-23T06:20:00Z',
  rule: 'RET-1',
  hindrance: null,
  request_id: null,
  ...changed,
});

export const hold = (changed: Partial<Hold> = {}): Hold => ({
  id: 'h-1',
  consultation_id: 'c-1',
  patient_id: 'p-1',
  patient_name: 'Zhao Lin',
  scheduled_start: '2026-11-23T06:00:00Z',
  reason: 'Lawsuit 12',
  placed_by_name: 'Chen',
  placed_at: '2041-11-24T06:00:00Z',
  lift: null,
  ...changed,
});

export const approval = (by_name: string) => ({ by_name, at: '2042-01-01T08:00:00Z' });

export const destroyed = (
  changed: Partial<NonNullable<DestructionRequest['destroyed']>> = {},
): NonNullable<DestructionRequest['destroyed']> => ({
  by_name: 'Sun',
  at: '2042-01-01T09:00:00Z',
  key_backups_expire_at: '2042-02-05T09:00:00Z',
  completed_at: null,
  ...changed,
});

export const request = (changed: Partial<DestructionRequest> = {}): DestructionRequest => ({
  id: 'r-1',
  state: 'requested',
  own: false,
  approved_by_me: false,
  requested_by_name: 'Zhou',
  requested_at: '2042-01-01T06:00:00Z',
  expires_at: '2042-01-04T06:00:00Z',
  reason: 'Term is over',
  due_by: null,
  records: 1,
  spared: 0,
  approvals: [],
  approvals_missing: 2,
  ending: null,
  destroyed: null,
  ...changed,
});
