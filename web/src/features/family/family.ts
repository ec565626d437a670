import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { newId } from '../../shared/live';

export type Member = components['schemas']['FamilyMemberView'];
export type NewMember = components['schemas']['NewFamilyMember'];
export type Gender = components['schemas']['Gender'];
export type Relationship = components['schemas']['Relationship'];

export const genders: readonly Gender[] = ['female', 'male', 'other', 'unknown'];
export const relationships: readonly Relationship[] = [
  'parent',
  'guardian',
  'spouse',
  'child',
  'sibling',
  'other',
];
/** Who may act for a child. */
export const guardians: readonly Relationship[] = ['parent', 'guardian'];

const queryKey = ['family'];

/** The account's family members, those who wait for the hospital among them. */
export function useFamily() {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      http.get<components['schemas']['FamilyMembers']>('/api/family', { signal }),
  });
}

/** Adds a member; sent again after no answer it adds nobody twice. */
export function useAddMember() {
  const client = useQueryClient();
  const last = useRef<{ said: string; key: string }>(undefined);
  return useMutation({
    mutationFn: (member: NewMember) => {
      const said = JSON.stringify(member);
      if (last.current?.said !== said) last.current = { said, key: newId() };
      return http.post<Member>('/api/family', member, {
        headers: { 'Idempotency-Key': last.current.key },
      });
    },
    onSuccess: () => {
      last.current = undefined;
      return client.invalidateQueries({ queryKey });
    },
  });
}

/** Ends the right to act; what one could see of the member is not kept in the page. */
export function useRemoveMember() {
  const client = useQueryClient();
  return async (id: string) => {
    await http.delete(`/api/family/${id}`);
    await client.invalidateQueries();
  };
}

/** Whether somebody born then is a child on the hospital's day: both are YYYY-MM-DD. */
export function isChild(born: string, today: string): boolean {
  const birthday = `${String(Number(born.slice(0, 4)) + 18).padStart(4, '0')}${born.slice(4)}`;
  return today < birthday;
}
