import { homeOf, roles, type Role } from './types';

/**
 * Where to go after signing in: the page that was asked for when it is this role's, else the role's
 * home. Only paths of this site count, so a crafted link cannot lead elsewhere.
 */
export function landing(role: Role, next: string | null): string {
  const home = homeOf[role];
  if (!next || !/^\/(?![/\\])/.test(next)) return home;
  const path = next.replace(/[?#].*$/, '');
  const owner =
    roles.find((other) => {
      const place = homeOf[other];
      return place !== '/' && (path === place || path.startsWith(`${place}/`));
    }) ?? 'patient';
  return owner === role ? next : home;
}
