/** A code on its way, and how long one waits before asking for another. */
import { useEffect, useState } from 'react';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';

export type CodeSent = components['schemas']['CodeSent'];
export type Ticket = components['schemas']['TicketView'];
export type Flow = 'registrations' | 'password-resets';

export const codeLength = 6;

export const askForCode = (flow: Flow, destination: string, locale: string) =>
  http.post<CodeSent>(`/api/${flow}`, { destination, locale });

export const giveCode = (flow: Flow, id: string, code: string) =>
  http.post<Ticket>(`/api/${flow}/${id}/code`, { code });

/** The digits of what was typed or pasted: "Your code: 012 345", and full-width ones of a Chinese keyboard. */
export function digitsOf(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[^0-9]/g, '')
    .slice(0, codeLength);
}

/** Whole seconds until `at` (milliseconds of this device's clock), 0 from then on. */
export function useSecondsUntil(at: number): number {
  const [now, setNow] = useState(() => Date.now());
  const left = Math.max(0, Math.ceil((at - now) / 1000));
  useEffect(() => {
    if (left === 0) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [left, at]);
  return left;
}
