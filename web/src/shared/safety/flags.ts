import type { EntryView } from '../../protocol/signaling';
import { flagText, hasFlagText, useFlagText } from './strings';

/** The ids that an answer's entry says yes to. */
export function flagsOf(body: Record<string, unknown> | null | undefined): string[] {
  return Object.entries(body ?? {}).flatMap(([id, value]) => (value === true ? [id] : []));
}

/** The latest entry of a kind; the record is in its order. */
export function latestOf(
  entries: readonly EntryView[],
  kind: EntryView['kind'],
): EntryView | undefined {
  return entries.findLast((entry) => entry.kind === kind);
}

/** Red flags in words, as one line; an id of a later version speaks for itself. */
export function flagWords(flags: readonly string[]): string {
  return flags
    .map((id) => {
      const key = `flag.${id}`;
      return hasFlagText(key) ? flagText(key) : id;
    })
    .join(flagText('separator'));
}

/** As flagWords, and speaks again when the language changes. */
export function useFlagWords(): (flags: readonly string[]) => string {
  useFlagText();
  return flagWords;
}
