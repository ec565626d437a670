/** Two soft notes for who begins to wait, and whether this doctor wants to hear them. */

const storageKey = 'televisit.chime';
const notes = [
  { hertz: 659, afterS: 0 },
  { hertz: 880, afterS: 0.16 },
];
const loudness = 0.06;
const lengthS = 0.5;

/** Whether the chime is wanted on this device; it is, unless it was switched off. */
export function chimeWanted(): boolean {
  try {
    return window.localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

export function wantChime(wanted: boolean): void {
  try {
    if (wanted) window.localStorage.removeItem(storageKey);
    else window.localStorage.setItem(storageKey, 'off');
  } catch {
    // A browser that refuses storage keeps the choice until the page is closed.
  }
}

/** Plays the notes once. Where the browser does not let the page sound yet, it stays silent. */
export function playChime(): void {
  if (typeof AudioContext === 'undefined') return;
  const context = new AudioContext();
  for (const { hertz, afterS } of notes) {
    const note = context.createOscillator();
    const volume = context.createGain();
    const start = context.currentTime + afterS;
    note.frequency.value = hertz;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(loudness, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + lengthS);
    note.connect(volume).connect(context.destination);
    note.start(start);
    note.stop(start + lengthS);
  }
  // Closed in any case: a page that may sound only later must not chime for who came long ago.
  setTimeout(() => void context.close().catch(() => undefined), 1_500);
}
