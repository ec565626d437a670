/** What the patient said of an earlier diagnosis before the visit was booked, until the doctor is told. */
import type { components } from '../../protocol/api';

export type Basis = components['schemas']['NewDiagnosis']['basis'];

export const bases: readonly Basis[] = ['documents', 'earlier_visit', 'none'];

const keyOf = (bookingId: string) => `televisit.basis.${bookingId}`;

/** Kept in this tab alone: paying may lead to another site and back. */
export function keepBasis(bookingId: string, basis: Basis): void {
  try {
    window.sessionStorage.setItem(keyOf(bookingId), basis);
  } catch {
    // A browser that refuses storage asks again.
  }
}

export function keptBasis(bookingId: string): Basis | undefined {
  try {
    const kept = window.sessionStorage.getItem(keyOf(bookingId));
    return bases.find((one) => one === kept);
  } catch {
    return undefined;
  }
}
