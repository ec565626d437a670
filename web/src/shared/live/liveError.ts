import type { Code, ErrorView } from '../../protocol/signaling';
import { ApiError } from '../http';

/** The server's stable codes, and those for an answer that never came or cannot be read. */
export type LiveCode =
  Code | 'network.unreachable' | 'network.timeout' | 'response.unreadable' | 'page.closed';

/**
 * A request over the live connection that did not succeed.
 *
 * It is an ApiError, so every component that says errors in words says these too: `code`, `fields`,
 * `retryAfterS` and `logId` mean the same.
 */
export class LiveError extends ApiError {
  declare readonly code: LiveCode;

  constructor(
    code: LiveCode,
    init: {
      message?: string;
      fields?: Record<string, string>;
      retryAfterS?: number;
      logId?: string;
    } = {},
  ) {
    const unanswered = code.startsWith('network.') || code.startsWith('response.');
    super({
      status: unanswered ? 0 : code === 'internal' || code === 'partner.down' ? 500 : 400,
      code,
      detail: init.message,
      fields: init.fields,
      logId: init.logId,
      retryAfterS: init.retryAfterS,
    });
    this.name = 'LiveError';
  }

  static of(view: ErrorView): LiveError {
    return new LiveError(view.code, {
      message: view.message,
      ...(view.fields ? { fields: view.fields } : {}),
      ...(view.retry_after_s != null ? { retryAfterS: view.retry_after_s } : {}),
      ...(view.log_id ? { logId: view.log_id } : {}),
    });
  }
}

export function hasLiveCode(error: unknown, ...codes: LiveCode[]): error is LiveError {
  return error instanceof LiveError && codes.includes(error.code);
}

/** Whether the same request may succeed later without anybody changing anything. */
export function mayPassLater(error: unknown): boolean {
  return hasLiveCode(
    error,
    'network.unreachable',
    'network.timeout',
    'room.busy',
    'rate.limited',
    'partner.down',
    'internal',
  );
}
