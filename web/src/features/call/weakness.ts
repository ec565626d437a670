import type { LinkState } from '../../shared/live';

/** Whose connection is to blame, as far as it can be known; page to page it is one connection. */
export type Weakness = 'mine' | 'theirs' | 'either' | 'lost';

const weak = (quality: LinkState['quality'] | undefined) =>
  quality === 'poor' || quality === 'lost';

/**
 * What people should know of a connection that is weak or lost; null while nothing is amiss. `minds` says
 * that it matters too when only the other side gets little: it does to a doctor.
 */
export function weaknessOf(link: LinkState, minds: boolean): Weakness | null {
  const { quality, toldQuality, theirQuality, route } = link;
  if (quality === 'lost') return 'lost';
  if (quality !== 'poor') return minds && weak(theirQuality) ? 'theirs' : null;
  if (route !== 'relay') return 'either';
  if (weak(toldQuality)) return 'mine';
  return weak(theirQuality) ? 'theirs' : 'either';
}
