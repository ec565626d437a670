/** What the pages of searches share: how they are asked for, and which kinds of scope there are. */
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';

export type Search = components['schemas']['KeywordSearchView'];
export type NewSearch = components['schemas']['NewKeywordSearch'];
export type State = Search['state'];
export type Hit = components['schemas']['KeywordHit'];

const address = '/api/archive/keyword-searches';

export const listKey = ['archive', 'keyword-searches'];
export const searchKey = (id: string) => [...listKey, id];
export const hitsKey = (id: string) => [...listKey, id, 'hits'];

export const readList = (signal: AbortSignal) =>
  http.get<components['schemas']['KeywordSearches']>(address, { signal });

export const readSearch = (id: string, signal: AbortSignal) =>
  http.get<Search>(`${address}/${id}`, { signal });

export const readHits = (id: string, after: number | undefined, signal: AbortSignal) =>
  http.get<components['schemas']['KeywordHits']>(`${address}/${id}/hits`, {
    signal,
    query: { after },
  });

export const beginSearch = (body: NewSearch) => http.post<Search>(address, body);

export const cancelSearch = (id: string) => http.post(`${address}/${id}/cancel`);

export const scopes = ['days', 'doctor', 'patient'] as const;
export type ScopeKind = (typeof scopes)[number];

export interface Draft {
  word: string;
  reason: string;
  scope: ScopeKind;
  from: string;
  to: string;
  practitioner: string;
  patient: string;
}

/** The body of a search: only what belongs to the chosen kind of scope, and no empty days. */
export function bodyOf({ word, reason, scope, from, to, practitioner, patient }: Draft): NewSearch {
  return {
    word,
    reason,
    from: from || null,
    to: to || null,
    practitioner_id: scope === 'doctor' ? practitioner : null,
    patient_id: scope === 'patient' ? patient : null,
  };
}

/** How often to look at a running search, in milliseconds; false when it has ended. */
export function lookAgainMs(search: Search | undefined): number | false {
  if (search?.state !== 'running') return false;
  return search.done === 0 ? 1000 : 2000;
}
