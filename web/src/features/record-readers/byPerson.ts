/** Accesses put together by who did them. */
import type { components } from '../../protocol/api';

export type Access = components['schemas']['AccessView'];

export interface Person {
  key: string;
  name: string | null;
  role: Access['actor_role'];
  /** What was done, the latest first; the same thing about the same visit is one, with all its times. */
  accesses: Access[];
}

// People of one name are told apart by their accounts.
const whoOf = (access: Access) => `${access.actor_role} ${access.actor}`;
const whatOf = ({ action, outcome, visit_at, reason }: Access) =>
  JSON.stringify([action, outcome, visit_at, reason]);

/** Take accesses, the newest first, to people in the order in which each was last there. */
export function byPerson(accesses: readonly Access[]): Person[] {
  const people = new Map<string, Map<string, Access>>();
  for (const access of accesses) {
    const things = people.get(whoOf(access)) ?? new Map<string, Access>();
    people.set(whoOf(access), things);
    const latest = things.get(whatOf(access));
    things.set(
      whatOf(access),
      latest
        ? { ...latest, first_at: access.first_at, times: latest.times + access.times }
        : access,
    );
  }
  return [...people].flatMap(([key, things]) => {
    const list = [...things.values()];
    const [newest] = list;
    if (!newest) return [];
    return [{ key, name: newest.actor_name, role: newest.actor_role, accesses: list }];
  });
}
