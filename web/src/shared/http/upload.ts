import { ApiError, problemOf } from './apiError';
import { addressOf, csrfHeader } from './client';

export interface UploadOptions {
  query?: Record<string, string | number | boolean | undefined>;
  /** Told how much has left, from 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/**
 * Posts the bytes of a file and returns the API's JSON. Throws as http's calls do.
 *
 * By XMLHttpRequest: fetch does not tell how far a body has come (Fetch Standard, November 2026).
 */
export function upload<Answer>(
  path: string,
  file: Blob,
  { query, onProgress, signal }: UploadOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const unreachable = () => reject(new ApiError({ status: 0, code: 'network.unreachable' }));
    request.open('POST', addressOf(path, query));
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) onProgress?.(loaded / total);
    });
    request.addEventListener('error', unreachable);
    request.addEventListener('abort', unreachable);
    request.addEventListener('load', () => {
      answerOf(request).then((answer) => resolve(answer as Answer), reject);
    });
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

async function answerOf(request: XMLHttpRequest): Promise<unknown> {
  const { status, responseText } = request;
  if (status >= 200 && status < 300) {
    try {
      return JSON.parse(responseText) as unknown;
    } catch {
      throw new ApiError({ status, code: 'response.unreadable' });
    }
  }
  const headers = new Headers();
  for (const name of ['Content-Type', 'Retry-After']) {
    const value = request.getResponseHeader(name);
    if (value !== null) headers.set(name, value);
  }
  throw await problemOf(new Response(responseText, { status, headers }));
}
