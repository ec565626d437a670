/**
 * How far somebody came, so that a reload goes on there: phones reload when one reads the message with the
 * code. In the tab's own storage, for as long as a code and its ticket can be good, and gone when it is done.
 */
import { useState } from 'react';
import type { CodeSent, Flow } from './codes';

const goodForMs = 40 * 60_000;

export interface Passed {
  id: string;
  ticket: string;
}

export interface Kept {
  destination: string;
  sent?: CodeSent;
  /** When the code was asked for, by this device's clock. */
  askedAt: number;
  passed?: Passed;
}

const nothing: Kept = { destination: '', askedAt: 0 };
const keyOf = (flow: Flow) => `televisit.${flow}`;

/** What this tab kept of a flow, and what keeps it. */
export function useKept(flow: Flow): [Kept, (next: Kept) => void] {
  const [kept, setKept] = useState(() => read(flow));
  return [
    kept,
    (next) => {
      setKept(next);
      write(flow, next);
    },
  ];
}

/** It is done: a reload begins anew. */
export function forgetKept(flow: Flow): void {
  write(flow, undefined);
}

function read(flow: Flow): Kept {
  try {
    const found: unknown = JSON.parse(window.sessionStorage.getItem(keyOf(flow)) ?? 'null');
    if (!isKept(found)) return nothing;
    const age = Date.now() - found.askedAt;
    return age >= 0 && age < goodForMs ? found : nothing;
  } catch {
    // A browser that refuses storage begins anew after a reload.
    return nothing;
  }
}

function write(flow: Flow, kept: Kept | undefined): void {
  try {
    // Before a code was asked for there is nothing to come back to.
    if (kept?.sent === undefined) window.sessionStorage.removeItem(keyOf(flow));
    else window.sessionStorage.setItem(keyOf(flow), JSON.stringify(kept));
  } catch {
    // As above.
  }
}

function isKept(found: unknown): found is Kept {
  if (typeof found !== 'object' || found === null) return false;
  const { destination, askedAt, sent } = found as Partial<Record<keyof Kept, unknown>>;
  return (
    typeof destination === 'string' &&
    typeof askedAt === 'number' &&
    typeof sent === 'object' &&
    sent !== null
  );
}
