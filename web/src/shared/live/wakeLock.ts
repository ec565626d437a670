/** Keeps the screen lit until what is returned is called. Does nothing where the browser cannot. */
export function keepScreenLit(): () => void {
  const wakeLock = (navigator as { wakeLock?: WakeLock }).wakeLock;
  let lock: WakeLockSentinel | undefined;
  let wanted = true;

  const take = async () => {
    // The system takes the lock back whenever the page is hidden.
    if (!wakeLock || !wanted || document.visibilityState !== 'visible') return;
    try {
      const taken = await wakeLock.request('screen');
      // `wanted` may have changed while the lock was asked for.
      if (wanted as boolean) lock = taken;
      else await taken.release();
    } catch {
      // A low battery may refuse; the call goes on.
    }
  };
  const onVisible = () => void take();
  document.addEventListener('visibilitychange', onVisible);
  void take();

  return () => {
    wanted = false;
    document.removeEventListener('visibilitychange', onVisible);
    lock?.release().catch(() => undefined);
  };
}
