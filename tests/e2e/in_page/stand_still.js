// Resolves when nothing moves any more but what moves for ever.
() =>
  Promise.all(
    document
      .getAnimations()
      .filter((one) => one.effect?.getTiming().iterations !== Infinity)
      .map((one) => one.finished.catch(() => undefined)),
  )
