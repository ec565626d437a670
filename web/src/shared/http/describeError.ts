import { createFormat, i18n } from '../i18n';
import { ApiError } from './apiError';
import { has, text, useErrorText } from './strings';

export interface ErrorDescription {
  /** What happened, as a sentence. */
  what: string;
  /** What to do now, as a sentence. */
  next: string;
  /** In small print, for support: the code and the entry of the server's log. */
  code: string | undefined;
}

function keyOf(error: ApiError): string {
  const { code, status } = error;
  const kind = status >= 500 ? '5xx' : status >= 400 ? '4xx' : 'network.unreachable';
  const candidates = [code, `status.${status}`, `status.${kind}`];
  return candidates.find((key) => has(`${key}.what`)) ?? 'network.unreachable';
}

function wait(seconds: number | undefined): string {
  if (seconds === undefined) return text('moment');
  const format = createFormat({ language: i18n.language });
  return seconds < 90 ? format.seconds(seconds) : format.minutes(Math.ceil(seconds / 60));
}

/** Numbers as texts: i18next takes a number named count for a plural. */
function amounts({ count, limit }: ApiError) {
  const format = createFormat({ language: i18n.language });
  const say = (value: number | undefined) => (value === undefined ? '?' : format.number(value));
  return { many: say(count), limit: say(limit) };
}

/** Says any failure in words for people; unknown codes are said by their status. */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof ApiError)) {
    return { what: text('page.what'), next: text('page.next'), code: undefined };
  }
  const key = keyOf(error);
  const say = (part: 'what' | 'next') => {
    const path = `${key}.${part}`;
    return has(path) ? text(path, { wait: wait(error.retryAfterS), ...amounts(error) }) : '';
  };
  const code = error.logId ? `${error.code} · ${error.logId}` : error.code;
  return { what: say('what'), next: say('next'), code };
}

/** As describeError, and speaks again when the language changes. */
export function useErrorDescription(error: unknown): ErrorDescription {
  useErrorText();
  return describeError(error);
}

/** Says one field's mistake beside the field; undefined when the field is not among the mistakes. */
export function describeField(error: unknown, path: string): string | undefined {
  const kind = error instanceof ApiError ? error.fields?.[path] : undefined;
  if (kind === undefined) return undefined;
  const key = `field.${kind}`;
  return has(key) ? text(key) : text('field.other');
}
