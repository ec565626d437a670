import { bell, playNotes } from '../../features/ready-check';

/** Calls a patient who looks elsewhere: a bell, and a buzz where there is one. Never fails. */
export function announceAdmission(): void {
  // A browser that wants a click first stays silent; the page and its title change anyway.
  playNotes(bell).catch(() => undefined);
  // Not in every browser, whatever the type says.
  (navigator as { vibrate?: (pattern: number[]) => boolean }).vibrate?.([200, 120, 200]);
}
