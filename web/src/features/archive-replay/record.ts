/** What a record says about the visit as a whole: whose lanes there are, who was there when. */
import type { components } from '../../protocol/api';

export type Entry = components['schemas']['ArchivedEntry'];
export type Finding = components['schemas']['Finding'];
export type Verification = components['schemas']['VerificationView'];
export type ArchivedRecord = components['schemas']['Record'];

export const lanes = ['patient', 'doctor', 'events'] as const;
export type Lane = (typeof lanes)[number];

/** Chat stands in its speaker's lane; all that happened, and what no lane claims, among the events. */
export function laneOf(entry: Entry): Lane {
  if (entry.kind !== 'chat') return 'events';
  return entry.author_role === 'patient' || entry.author_role === 'doctor'
    ? entry.author_role
    : 'events';
}

export const timeOf = (entry: Entry) => Date.parse(entry.recorded_at);

/** The text of a chat entry, or undefined when its kept body holds none. */
export function chatText({ kind, body }: Entry): string | undefined {
  return kind === 'chat' && typeof body?.text === 'string' ? body.text : undefined;
}

/** What the verifier says of one entry. */
export function findingsOf(entry: Entry, findings: readonly Finding[]): Finding[] {
  return findings.filter(({ seq }) => seq === entry.seq);
}

export interface Presence {
  lane: 'patient' | 'doctor';
  kind: 'waiting' | 'connected';
  fromMs: number;
  toMs: number;
}

/** When each of the two waited and was connected, as the kept entries tell it; open ends last to the end. */
export function presenceOf(entries: readonly Entry[]): Presence[] {
  const open = new Map<string, Presence>();
  const found: Presence[] = [];
  const end = Math.max(...entries.map(timeOf));

  const begin = (lane: Presence['lane'], kind: Presence['kind'], fromMs: number) => {
    if (!open.has(lane + kind)) open.set(lane + kind, { lane, kind, fromMs, toMs: end });
  };
  const close = (lane: Presence['lane'], kind: Presence['kind'], toMs: number) => {
    const presence = open.get(lane + kind);
    if (!presence) return;
    open.delete(lane + kind);
    if (toMs > presence.fromMs) found.push({ ...presence, toMs });
  };

  for (const entry of entries) {
    const at = timeOf(entry);
    const lane = entry.author_role;
    if (lane !== 'patient' && lane !== 'doctor') continue;
    switch (entry.kind) {
      case 'arrived':
        begin('patient', 'waiting', at);
        break;
      case 'stepped-out':
      case 'admitted':
        close('patient', 'waiting', at);
        break;
      case 'joined':
        begin(lane, 'connected', at);
        break;
      case 'left':
        close(lane, 'connected', at);
        break;
      case 'finished':
        for (const one of ['patient', 'doctor'] as const) close(one, 'connected', at);
        break;
    }
  }
  for (const { lane, kind } of [...open.values()]) close(lane, kind, end);
  return found;
}

/** The call from the admission to the end, or to the last entry while it is not ended; undefined before. */
export function callOf(entries: readonly Entry[]): { fromMs: number; toMs: number } | undefined {
  const admitted = entries.find(({ kind }) => kind === 'admitted');
  const last = entries.at(-1);
  if (!admitted || !last) return undefined;
  const finished = entries.find(({ kind }) => kind === 'finished') ?? last;
  return { fromMs: timeOf(admitted), toMs: timeOf(finished) };
}

export interface Gap {
  /** The first and the last number that is not there. */
  first: number;
  last: number;
}

/** Numbers missing before an entry: entries count from 1 without holes. */
export function gapBefore(entries: readonly Entry[], index: number): Gap | undefined {
  const before = entries[index - 1]?.seq ?? 0;
  const seq = entries[index]?.seq ?? 0;
  return seq > before + 1 ? { first: before + 1, last: seq - 1 } : undefined;
}
