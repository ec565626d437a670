/** One entry of a record: its number, in the visit or in what was added after it. */
export interface MarkedEntry {
  seq: number;
  later: boolean;
}

const mark = /^#(entry|addendum)-([1-9]\d{0,14})$/;

/** The end of a record's address that names one of its entries: `#entry-6`, or `#addendum-2`. */
export function entryMark({ seq, later }: MarkedEntry): string {
  return `#${later ? 'addendum' : 'entry'}-${seq}`;
}

/** The entry that an address names; undefined when it names none. */
export function readEntryMark(hash: string): MarkedEntry | undefined {
  const [, part, seq] = mark.exec(hash) ?? [];
  return part === undefined ? undefined : { seq: Number(seq), later: part === 'addendum' };
}
