import type { EntryView } from '../../protocol/signaling';

/** Adds entries to a list sorted by seq; the same list when it already has them all. */
export function mergeEntries(
  known: readonly EntryView[],
  added: readonly EntryView[],
): readonly EntryView[] {
  const seen = new Set(known.map(({ seq }) => seq));
  const fresh: EntryView[] = [];
  for (const entry of added) {
    if (seen.has(entry.seq)) continue;
    seen.add(entry.seq);
    fresh.push(entry);
  }
  if (fresh.length === 0) return known;
  return [...known, ...fresh].sort((one, other) => one.seq - other.seq);
}

/** The last sequence number up to which nothing is missing; entries count from 1. */
export function completeUpTo(entries: readonly EntryView[]): number {
  let last = 0;
  for (const { seq } of entries) {
    if (seq !== last + 1) break;
    last = seq;
  }
  return last;
}

export function hasGap(entries: readonly EntryView[]): boolean {
  return completeUpTo(entries) !== (entries.at(-1)?.seq ?? 0);
}
