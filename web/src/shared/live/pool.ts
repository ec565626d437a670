interface Place<Value> {
  value: Value;
  holders: number;
  closing: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Things that several components of a page share, each made once per key and ended a moment after
 * its last holder let go.
 *
 * The moment matters: React mounts twice in strict mode and pages follow one another, and neither
 * may hang up a call or make the camera blink.
 */
export class Pool<Value> {
  readonly #places = new Map<string, Place<Value>>();
  readonly #make: (key: string) => Value;
  readonly #end: (value: Value) => void;
  readonly #lingerMs: number;
  readonly #isOver: (value: Value) => boolean;

  /** `isOver` says of a value that nobody holds whether it is of no more use to the next one. */
  constructor(
    make: (key: string) => Value,
    end: (value: Value) => void,
    lingerMs: number,
    isOver: (value: Value) => boolean = () => false,
  ) {
    this.#isOver = isOver;
    this.#make = make;
    this.#end = end;
    this.#lingerMs = lingerMs;
  }

  /** The value for a key, made if there is none. Ends by itself unless somebody holds it soon. */
  of(key: string): Value {
    return this.#place(key).value;
  }

  /** Keeps the value for a key; call what is returned, once, to let go. */
  hold(key: string): () => void {
    const place = this.#place(key);
    place.holders += 1;
    clearTimeout(place.closing);
    place.closing = undefined;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      place.holders -= 1;
      if (place.holders === 0) this.#closeSoon(key, place);
    };
  }

  /** Ends every value but those whose key passes, held or not. */
  keepOnly(mayStay: (key: string) => boolean): void {
    for (const [key, place] of [...this.#places]) {
      if (!mayStay(key)) this.#close(key, place);
    }
  }

  #place(key: string): Place<Value> {
    let place = this.#places.get(key);
    if (place?.holders === 0 && this.#isOver(place.value)) {
      this.#close(key, place);
      place = undefined;
    }
    if (!place) {
      place = { value: this.#make(key), holders: 0, closing: undefined };
      this.#places.set(key, place);
      this.#closeSoon(key, place);
    }
    return place;
  }

  #closeSoon(key: string, place: Place<Value>): void {
    clearTimeout(place.closing);
    place.closing = setTimeout(() => this.#close(key, place), this.#lingerMs);
  }

  #close(key: string, place: Place<Value>): void {
    clearTimeout(place.closing);
    if (this.#places.get(key) !== place) return;
    this.#places.delete(key);
    this.#end(place.value);
  }
}
