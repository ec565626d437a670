/** Entries and findings in words of the reader's language. */
import { chatText, type Entry, type Finding } from './record';
import { hasReplayText, type ReplayText } from './strings';

export function authorName(text: ReplayText, entry: Entry): string {
  return entry.author_name ?? text('system');
}

/** What happened, in a sentence; what was said, word for word. */
export function entryWords(text: ReplayText, entry: Entry): string {
  if (entry.damaged || entry.body === null) return text('event.damaged');
  const said = chatText(entry);
  if (said !== undefined) return said;

  const { kind, body } = entry;
  const name = authorName(text, entry);
  switch (kind) {
    case 'arrived':
    case 'stepped-out':
    case 'admitted':
    case 'joined':
    case 'finished':
      return text(`event.${kind}`, { name });
    case 'left': {
      const key =
        body.reason === 'connection-lost'
          ? 'event.leftLost'
          : body.reason === 'finished'
            ? 'event.leftFinished'
            : 'event.left';
      return text(key, { name });
    }
    case 'media':
      return text('event.media', {
        name,
        microphone: text(body.microphone === true ? 'event.microphoneOn' : 'event.microphoneOff'),
        camera: text(body.camera === true ? 'event.cameraOn' : 'event.cameraOff'),
      });
    default:
      return text('event.unknown', { name, kind });
  }
}

/** A finding as a sentence. `entries` tell how far a hole reaches; an unknown kind speaks for itself. */
export function findingWords(
  text: ReplayText,
  finding: Finding,
  entries: readonly Entry[],
): string {
  const { kind, seq, message } = finding;
  if (seq === null) {
    if (kind === 'foreign') return text('finding.foreignHead');
    if (kind === 'head-differs') return text('finding.head-differsWhole');
    return kind === 'head-missing' ? text('finding.head-missing') : message;
  }
  if (kind === 'missing') {
    const next = entries.find((entry) => entry.seq > seq)?.seq ?? seq + 1;
    if (next > seq + 1) return text('finding.missingRange', { seq, last: next - 1 });
  }
  const key = `finding.${kind}`;
  return hasReplayText(key) ? text(key, { seq }) : message;
}

/** A finding in two or three words, beside the entry it concerns. */
export function findingMark(text: ReplayText, { kind }: Finding): string {
  return text(kind === 'altered' || kind === 'missing' ? `mark.${kind}` : 'mark.other');
}

/** The entry that shows a finding best: its own, else the one after the hole, else the last. */
export function indexOfFinding({ seq }: Finding, entries: readonly Entry[]): number | undefined {
  if (seq === null || entries.length === 0) return undefined;
  const exact = entries.findIndex((entry) => entry.seq === seq);
  if (exact !== -1) return exact;
  const after = entries.findIndex((entry) => entry.seq > seq);
  return after === -1 ? entries.length - 1 : after;
}
