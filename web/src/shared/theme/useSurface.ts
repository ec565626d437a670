import { useLayoutEffect } from 'react';

export type Surface = 'patient' | 'console';

/** Sets the density of the whole document: larger type and 48 px targets for patients, denser consoles. */
export function useSurface(surface: Surface): void {
  useLayoutEffect(() => {
    document.documentElement.dataset.surface = surface;
  }, [surface]);
}
