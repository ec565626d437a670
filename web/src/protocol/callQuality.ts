// Generated; do not edit. Source: schema/call-quality.json

/** From where on a figure is good, no longer excellent, and poor. See docs/call-quality.md. */
export const callQuality = {
  loss: { good: 0.02, poor: 0.08 },
  roundTripMs: { good: 300, poor: 600 },
  jitterMs: { good: 30, poor: 100 },
  picturesPerS: { good: 13, poor: 6 },
  silenceMs: 2500,
} as const;
