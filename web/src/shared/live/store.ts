/** A value that changes over time, in the shape that useSyncExternalStore wants. */
export interface Readable<Value> {
  get: () => Value;
  subscribe: (listener: () => void) => () => void;
}

/** The one owner of a changing value. Values are replaced, never changed in place. */
export class Store<Value> implements Readable<Value> {
  #value: Value;
  readonly #listeners = new Set<() => void>();

  constructor(value: Value) {
    this.#value = value;
  }

  readonly get = (): Value => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  set(value: Value): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Sets some fields of an object store; says nothing to anybody when none of them differs. */
export function patch<Value extends object>(store: Store<Value>, change: Partial<Value>): void {
  const value = store.get();
  const differs = (Object.keys(change) as (keyof Value)[]).some(
    (key) => !Object.is(value[key], change[key]),
  );
  if (differs) store.set({ ...value, ...change });
}
