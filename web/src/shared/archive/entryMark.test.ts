import { expect, it } from 'vitest';
import { entryMark, readEntryMark } from './entryMark';

it.each([
  [{ seq: 6, later: false }, '#entry-6'],
  [{ seq: 12, later: true }, '#addendum-12'],
])('names an entry in an address, and finds it again', (entry, mark) => {
  expect(entryMark(entry)).toBe(mark);
  expect(readEntryMark(mark)).toEqual(entry);
});

it.each(['', '#', '#content', '#entry-0', '#entry-', '#entry-6x', '#register-1', 'entry-6'])(
  'finds none in %j',
  (hash) => expect(readEntryMark(hash)).toBeUndefined(),
);
