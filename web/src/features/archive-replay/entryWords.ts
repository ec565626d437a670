/** Entries and findings in words of the reader's language. */
import { basisWords, flagsOf, flagWords, reasonWords, referralWords } from '../../shared/safety';
import { chatText, concerns, type Entry, type Finding } from './record';
import { hasReplayText, type ReplayText } from './strings';

export function authorName(text: ReplayText, entry: Entry): string {
  return entry.author_name ?? text('system');
}

const written = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? value : '';

/** What happened, in a sentence; what was said, word for word. */
export function entryWords(text: ReplayText, entry: Entry): string {
  if (entry.body === null) return text(entry.damaged ? 'event.damaged' : 'event.textDestroyed');
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
    case 'closed':
    case 'destroyed':
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
    case 'file':
      return typeof body.name === 'string'
        ? text('event.file', { name, file: body.name })
        : text('event.fileUnnamed', { name });
    case 'consent':
      return text('event.consent', { name, version: written(body.version) });
    case 'safety': {
      const flags = flagsOf(body);
      return flags.length === 0
        ? text('event.safetyNone', { name })
        : text('event.safety', { name, flags: flagWords(flags) });
    }
    case 'location':
      return text('event.location', {
        name,
        place: [body.country, body.province, body.city, body.line].map(written).join(' ').trim(),
        phone: written(body.phone),
      });
    case 'diagnosis':
      return text('event.diagnosis', { name, basis: basisWords(written(body.basis).toString()) });
    case 'follow-up':
      return text('event.followUp', { name, day: written(body.due_on), why: written(body.why) });
    case 'guest-invited':
      return text('event.guestInvited', { name, about: written(body.name) });
    case 'guest-withdrawn':
      return text('event.guestWithdrawn', { name, about: written(body.name) });
    case 'guest-joined':
      return text('event.guestJoined', {
        about: written(body.name),
        version: written(body.consent_version),
      });
    case 'guest-media':
      return text('event.media', {
        name: written(body.name),
        microphone: text(body.microphone === true ? 'event.microphoneOn' : 'event.microphoneOff'),
        camera: text(body.camera === true ? 'event.cameraOn' : 'event.cameraOff'),
      });
    case 'guest-left': {
      const key =
        body.reason === 'connection-lost'
          ? 'event.guestLost'
          : body.reason === 'removed'
            ? 'event.guestRemoved'
            : 'event.guestLeft';
      return text(key, { about: written(body.name) });
    }
    case 'unsuitable':
      return text('event.unsuitable', {
        name,
        reason: reasonWords(written(body.reason).toString()),
        place: referralWords(written(body.referral).toString(), written(body.place).toString()),
        words: written(body.words),
      }).trim();
    default:
      return text('event.unknown', { name, kind });
  }
}

/** "Entry 4", or "Later entry 4" in the conversation of what came after the visit. */
function placeWords(text: ReplayText, finding: Finding, consultationId: string): string {
  const { seq, last, conversationId } = finding;
  const later = conversationId !== consultationId;
  if (seq === null) return text(later ? 'place.laterWhole' : 'place.whole');
  if (last !== null && last > seq) {
    return text(later ? 'place.laterRange' : 'place.range', { seq, last });
  }
  return text(later ? 'place.later' : 'place.entry', { seq });
}

/** A finding as a sentence; an unknown kind speaks for itself. */
export function findingWords(
  text: ReplayText,
  finding: Finding,
  entries: readonly Entry[],
  consultationId: string,
): string {
  const { kind, seq, message } = finding;
  const whole = `finding.${kind}Whole`;
  if (seq === null && hasReplayText(whole)) return text(whole);
  const reach = { ...finding };
  if (kind === 'missing' && seq !== null && finding.last === seq) {
    // The server names the first of a hole; the next entry that is there tells how far it reaches.
    const next = entries.find(
      (entry) => entry.conversation_id === finding.conversationId && entry.seq > seq,
    );
    if (next) reach.last = next.seq - 1;
  }
  const several = reach.last !== null && seq !== null && reach.last > seq;
  const key = `finding.${kind}${several ? 'Range' : ''}`;
  const where = placeWords(text, reach, consultationId);
  return hasReplayText(key) ? text(key, { where }) : (message ?? `${where}: ${kind}`);
}

/** A finding in two or three words, beside the entry it concerns. */
export function findingMark(text: ReplayText, { kind }: Finding): string {
  const key = `mark.${kind}`;
  return hasReplayText(key) ? text(key) : text('mark.other');
}

/** The entry that shows a finding best: its own, else the one after the hole, else the last of its conversation. */
export function indexOfFinding(finding: Finding, entries: readonly Entry[]): number | undefined {
  const { seq, conversationId } = finding;
  if (seq === null) return undefined;
  const exact = entries.findIndex((entry) => concerns(finding, entry));
  if (exact !== -1) return exact;
  const same = (entry: Entry) => entry.conversation_id === conversationId;
  const after = entries.findIndex((entry) => same(entry) && entry.seq > seq);
  if (after !== -1) return after;
  const last = entries.findLastIndex(same);
  return last === -1 ? undefined : last;
}
