/**
 * The call as the page shows it: p2p or by the relay, as the hospital says, and from one to the other
 * without a gap. The new way is made while the old one is still seen and heard; it is shown when sound and
 * picture come by it; the old one is closed when everybody in the call has got that far.
 */
import type { CallView, Figures } from '../../protocol/signaling';
import { FlowWatch, type Flow } from './callFlow';
import { hasLiveCode } from './liveError';
import type { LinkState } from './linkState';
import type { PeerLink } from './peer';
import { figuresOf, peopleOf, type Person } from './personFigures';
import type { RelayLink } from './relayLink';
import { SteadyQuality, worseOf } from './steadyQuality';
import { Store, type Readable } from './store';

type Way = CallView['path'];

/** As long as p2p may take before the relay is asked for. */
const p2pPatienceMs = 2_500;
/** Nothing for so long, though the other side sends, means that the way is broken. */
const silenceMs = 1_500;
const interruptedMs = 3_000;
const lookEveryMs = 250;
const lookWhileChangingMs = 80;
/** Who sends neither sound nor picture is connected all the same. */
const quietIsFineAfterMs = 3_000;
const sayAgainMs = 2_000;
const figuresHoldMs = 8_000;

export interface CallLinkOptions {
  p2p: PeerLink;
  relay: RelayLink;
  trouble: (trouble: 'not-connected' | 'lost', generation: number) => Promise<unknown>;
  settled: (generation: number) => Promise<unknown>;
  /** Of the other side, as far as it is known: is it here, and what does it send? */
  other: () => { here: boolean; sound: boolean; picture: boolean };
}

/** How it goes for each, as the relay tells it: nobody knows who is not there. */
export type Told = Partial<Record<Person, Figures | undefined>>;

export class CallLink implements Readable<LinkState> {
  readonly get: () => LinkState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #options: CallLinkOptions;
  readonly #state: Store<LinkState>;
  readonly #stops: (() => void)[];
  readonly #watches: Record<Way, FlowWatch> = { p2p: new FlowWatch(), relay: new FlowWatch() };
  #call: CallView | undefined;
  #shown: Way = 'p2p';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #looking = false;
  /** Date.now() when the way that is wanted was first seen connected. */
  #connectedAt = 0;
  #saidTroubleAt = 0;
  #saidSettled = 0;
  #told: Told = {};
  #toldAt = 0;
  readonly #words: Record<Person | 'own', SteadyQuality> = {
    own: new SteadyQuality(),
    me: new SteadyQuality(),
    other: new SteadyQuality(),
    third: new SteadyQuality(),
  };

  constructor(options: CallLinkOptions) {
    this.#options = options;
    this.#state = new Store<LinkState>(options.p2p.get());
    this.get = this.#state.get;
    this.subscribe = this.#state.subscribe;
    const follow = (way: Way) => () => {
      this.#skipWhatShowsNothing();
      if (way === this.#shown) this.#show();
    };
    this.#stops = [options.p2p.subscribe(follow('p2p')), options.relay.subscribe(follow('relay'))];
  }

  /** The way that is wanted. */
  get way(): Way {
    return this.#call?.path ?? 'p2p';
  }

  /** Which of the two is seen and heard now. */
  get shown(): Way {
    return this.#shown;
  }

  /** What the hospital chose, now or again after a reconnect. */
  follow(call: CallView): void {
    const before = this.#call;
    this.#call = call;
    if (before?.generation !== call.generation || before.path !== call.path) {
      this.#connectedAt = 0;
      this.#saidTroubleAt = 0;
      this.#saidSettled = 0;
    }
    this.#options.relay.setWanted(call.path === 'relay');
    // What still comes p2p is shown, but nothing of it is repaired any more.
    if (call.path === 'relay') this.#options.p2p.detach();
    this.#skipWhatShowsNothing();
    this.#lookSoon(0);
  }

  /** Everybody gets sound and picture by this choice: what is not used any more is closed. */
  settled(generation: number): void {
    if (this.#call?.generation !== generation || this.#shown !== this.#call.path) return;
    if (this.#call.path === 'relay') this.#options.p2p.reset();
    else this.#options.relay.close();
  }

  /** How it goes for everybody, as the relay sees it. */
  judged(told: Told): void {
    this.#told = told;
    this.#toldAt = Date.now();
    this.#show();
  }

  /** The call is over for this page, or begins anew. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#call = undefined;
    this.#told = {};
    for (const word of Object.values(this.#words)) word.reset();
    this.#options.p2p.reset();
    this.#options.relay.close();
    this.#shown = 'p2p';
    this.#show();
  }

  dispose(): void {
    this.reset();
    for (const stop of this.#stops) stop();
  }

  // --- what is shown ------------------------------------------------------------------------------------

  #link(way: Way): Readable<LinkState> {
    return this.#options[way];
  }

  /** A way that has nothing to show is not held on to. */
  #skipWhatShowsNothing(): void {
    const wanted = this.way;
    if (this.#shown === wanted) return;
    const { remote, status } = this.#link(this.#shown).get();
    if (remote === null || status === 'idle') this.#turnTo(wanted);
  }

  #turnTo(way: Way): void {
    this.#shown = way;
    this.#show();
  }

  #show(): void {
    const state = this.#link(this.#shown).get();
    const now = Date.now();
    const byRelay = this.#shown === 'relay';
    const told = byRelay && now - this.#toldAt <= figuresHoldMs ? this.#told : {};
    const wordOf = (who: Person) => {
      const word = this.#words[who];
      // Whom the relay says nothing of is not there, or nothing is known any more.
      if (told[who]) return word.next(told[who].quality, now);
      word.reset();
      return null;
    };
    const toldQuality = wordOf('me');
    this.#state.set({
      ...state,
      // What the relay sees of this side's sending counts as much as what arrives here.
      quality: worseOf(this.#words.own.next(state.quality, now), toldQuality),
      toldQuality,
      theirQuality: wordOf('other'),
      thirdQuality: wordOf('third'),
      people: byRelay
        ? {
            me: figuresOf(told.me),
            other: figuresOf(told.other),
            third: figuresOf(told.third),
          }
        : peopleOf(state.sample),
      reason: this.#call?.reason ?? null,
      route: this.#shown,
    });
  }

  // --- looking ------------------------------------------------------------------------------------------

  #lookSoon(ms: number): void {
    clearTimeout(this.#timer);
    // Without a relay there is no other way to look for.
    if (this.#call?.relay) this.#timer = setTimeout(() => void this.#look(), ms);
  }

  async #look(): Promise<void> {
    const call = this.#call;
    if (!call || this.#looking) return;
    this.#looking = true;
    const [p2p, relay] = await Promise.all([
      this.#watches.p2p.look(this.#options.p2p.pc),
      this.#watches.relay.look(this.#options.relay.pc),
    ]);
    this.#looking = false;
    if (call === this.#call) {
      this.#turnWhenReady(call, call.path === 'p2p' ? p2p : relay);
      if (call.path === 'p2p') this.#mindP2p(call, p2p);
      else this.#mindRelay(relay);
    }
    const unsaid = !this.#saidSettled && this.#link(this.way).get().status === 'connected';
    const changing = this.#shown !== this.way || unsaid;
    this.#lookSoon(changing ? lookWhileChangingMs : lookEveryMs);
  }

  #turnWhenReady(call: CallView, flow: Flow): void {
    const { status } = this.#link(call.path).get();
    if (status !== 'connected') {
      this.#connectedAt = 0;
      return;
    }
    this.#connectedAt ||= Date.now();
    const other = this.#options.other();
    const seen = !other.picture || flow.frames > 0;
    const heard = !other.sound || flow.packets > 0;
    const waited = Date.now() - this.#connectedAt >= quietIsFineAfterMs;
    if (!(seen && heard && flow.packets > 0) && !waited) return;
    if (this.#shown !== call.path) this.#turnTo(call.path);
    if (this.#saidSettled !== call.generation) {
      this.#saidSettled = call.generation;
      this.#options.settled(call.generation).catch(() => {
        if (this.#call === call) this.#saidSettled = 0;
      });
    }
  }

  #mindP2p(call: CallView, flow: Flow): void {
    const other = this.#options.other();
    if (!call.relay || !other.here) return;
    const { status, since } = this.#options.p2p.get();
    const lasts = Date.now() - since;
    if (status === 'connecting') {
      if (lasts >= p2pPatienceMs) this.#sayTrouble('not-connected', call);
      return;
    }
    // A page that is being reloaded breaks off too: by then it is known not to be here.
    const silent = (other.sound || other.picture) && flow.silentMs >= silenceMs;
    const broken = status === 'interrupted' && lasts >= interruptedMs;
    if (silent || broken) this.#sayTrouble('lost', call);
  }

  #mindRelay({ deadMs }: Flow): void {
    const other = this.#options.other();
    this.#options.relay.mind(deadMs, other.here && (other.sound || other.picture));
  }

  /** Again after a while: the other side may not have been there, or nobody could be told. */
  #sayTrouble(trouble: 'not-connected' | 'lost', call: CallView): void {
    if (Date.now() - this.#saidTroubleAt < sayAgainMs) return;
    this.#saidTroubleAt = Date.now();
    this.#options.trouble(trouble, call.generation).catch((error: unknown) => {
      // Nothing better is to be had: p2p is repaired as well as can be.
      if (hasLiveCode(error, 'room.busy')) this.#saidTroubleAt = Date.now() + 5 * sayAgainMs;
    });
  }
}
