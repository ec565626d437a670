/** What comes by one connection: looked at several times a second, to see it begin and to see it stop. */
import { octetsByPath, totalsOf } from './linkStats';

export interface Flow {
  /** Pictures decoded and packets received since the connection began. */
  frames: number;
  packets: number;
  /** How long no packet has come, in ms; 0 before the first one. */
  silentMs: number;
  /** How long nothing of any kind has come, in ms; 0 before anything did. */
  deadMs: number;
}

const nothing: Flow = { frames: 0, packets: 0, silentMs: 0, deadMs: 0 };

export class FlowWatch {
  #pc: RTCPeerConnection | undefined;
  #flow: Flow = nothing;
  #lastAt = 0;
  #octets = 0;
  #octetsAt = 0;

  get flow(): Flow {
    return this.#flow;
  }

  /** Looks at this connection now; another one than before begins anew. Never rejects. */
  async look(pc: RTCPeerConnection | undefined): Promise<Flow> {
    if (pc !== this.#pc) {
      this.#pc = pc;
      this.#flow = nothing;
      this.#lastAt = this.#octetsAt = Date.now();
      this.#octets = 0;
    }
    if (!pc) return this.#flow;
    const stats = await pc.getStats().catch(() => undefined);
    if (!stats || pc !== this.#pc) return this.#flow;
    const now = Date.now();
    const { framesDecoded, packetsReceived } = totalsOf(stats, now);
    if (packetsReceived !== this.#flow.packets) this.#lastAt = now;
    const octets = octetsByPath(stats);
    if (octets !== this.#octets) this.#octetsAt = now;
    this.#octets = octets;
    this.#flow = {
      frames: framesDecoded,
      packets: packetsReceived,
      silentMs: packetsReceived > 0 ? now - this.#lastAt : 0,
      deadMs: octets > 0 ? now - this.#octetsAt : 0,
    };
    return this.#flow;
  }
}
