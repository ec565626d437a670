export interface Note {
  /** Pitch in hertz. */
  hz: number;
  /** When it begins, in seconds from now. */
  at: number;
  /** How long it takes to fade away, in seconds. */
  lasts: number;
}

/** Two rising notes, as of a small bell. */
export const bell: readonly Note[] = [
  { hz: 523.25, at: 0, lasts: 0.9 },
  { hz: 659.25, at: 0.25, lasts: 1.2 },
];

const loudness = 0.25;

/**
 * Plays some soft notes through a speaker, or the system's own choice, and resolves when they faded.
 * Rejects where the browser has no sound or does not let the page be heard yet.
 */
export async function playNotes(notes: readonly Note[], speaker = ''): Promise<void> {
  const context = new AudioContext();
  try {
    const choosing = context as { setSinkId?: (id: string) => Promise<void> };
    // Not every browser lets a page choose the speaker; then it is the system's.
    if (speaker !== '') await choosing.setSinkId?.(speaker).catch(() => undefined);
    if (context.state === 'suspended') await context.resume();
    for (const { hz, at, lasts } of notes) {
      const begin = context.currentTime + at;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.type = 'sine';
      tone.frequency.value = hz;
      volume.gain.setValueAtTime(0, begin);
      volume.gain.linearRampToValueAtTime(loudness, begin + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.001, begin + lasts);
      tone.connect(volume).connect(context.destination);
      tone.start(begin);
      tone.stop(begin + lasts);
    }
    const lasts = Math.max(...notes.map((note) => note.at + note.lasts));
    await new Promise((resolve) => setTimeout(resolve, lasts * 1000));
  } finally {
    await context.close();
  }
}
