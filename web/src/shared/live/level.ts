const everyMs = 80;

/** Says how loud a track is, 0 to 1, until stopped. Says 0 where the browser cannot measure. */
export class MicrophoneLevel {
  readonly #context: AudioContext | undefined;
  readonly #source: MediaStreamAudioSourceNode | undefined;
  readonly #timer: ReturnType<typeof setInterval> | undefined;

  constructor(track: MediaStreamTrack, onLevel: (level: number) => void) {
    if (typeof AudioContext === 'undefined') return;
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    this.#context = context;
    this.#source = context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.#timer = setInterval(() => {
      // A context made without a click starts suspended; it may run once the page has had one.
      if (context.state === 'suspended') void context.resume();
      analyser.getFloatTimeDomainData(samples);
      onLevel(loudness(samples));
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#source?.disconnect();
    void this.#context?.close();
  }
}

/** Loudness as ears have it: -60 dB of full scale and less is 0, -10 dB and more is 1. */
export function loudness(samples: Float32Array): number {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  const decibel = 10 * Math.log10(energy / Math.max(1, samples.length) + 1e-12);
  return Math.min(1, Math.max(0, (decibel + 60) / 50));
}
