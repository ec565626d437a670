/** The figures, which lists stand behind them, and the days they are counted for. */
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { shiftDay } from '../../shared/i18n';

export type Completeness = components['schemas']['Completeness'];
export type Range = Completeness['range'];
export type Listed = components['schemas']['ListedRecord'];

export const heldLists = ['conversations', 'destroyed', 'on-hold'] as const;
export const lackLists = [
  'sequence-gaps',
  'heads-differ',
  'unclosed',
  'open-long',
  'unsealed',
  'addenda-open',
] as const;

export type Lack = (typeof lackLists)[number];
export type List = (typeof heldLists)[number] | Lack;

export const isList = (text: string | undefined): text is List =>
  [...heldLists, ...lackLists].some((list) => list === text);

export function numberOf(range: Range, list: List): number {
  const name = list.replaceAll('-', '_') as keyof Range;
  return Number(range[name]);
}

/** An open addendum is usual for a while; everything else that is not nothing wants a look. */
export const isUsual = (list: Lack) => list === 'addenda-open';

export interface Days {
  from: string;
  to: string;
}

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** The days in the address; the last thirty when there are none. */
export function readDays(parameters: URLSearchParams, today: string): Days {
  const from = parameters.get('from');
  const to = parameters.get('to');
  return isDay(from) && isDay(to) ? { from, to } : { from: shiftDay(today, -29), to: today };
}

export const readFigures = ({ from, to }: Days, signal: AbortSignal) =>
  http.get<Completeness>('/api/archive/completeness', { signal, query: { from, to } });

export const readRecords = (
  list: List,
  { from, to }: Days,
  cursor: string | undefined,
  signal: AbortSignal,
) =>
  http.get<components['schemas']['ListedRecords']>(`/api/archive/completeness/${list}`, {
    signal,
    query: { from, to, cursor },
  });
