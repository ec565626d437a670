import type { CallView, IceServer } from '../../protocol/signaling';
import type { Quality } from '../ui';
import type { Expected, LinkSample } from './linkStats';
import type { CreateConnection, Signal } from './negotiation';
import type { CallPeople } from './personFigures';

export type PathReason = CallView['reason'];

export type LinkStatus =
  /** Nobody to talk to. */
  | 'idle'
  /** Being set up for the first time with this endpoint. */
  | 'connecting'
  | 'connected'
  /** Was connected, and is being repaired. */
  | 'interrupted';

export interface LinkState {
  status: LinkStatus;
  /** Date.now() when the status began. */
  since: number;
  /** What arrives, sound and picture; the same object for as long as the connection is the same. */
  remote: MediaStream | null;
  /** The same of the third person; only by the relay. */
  third?: MediaStream | null;
  /** The steady word for this side; null while not measured yet. */
  quality: Quality | null;
  /** The last second's figures. */
  sample: LinkSample | null;
  /** How it goes for this side, the other and the third, as the relay sees it; null while it does not. */
  toldQuality?: Quality | null;
  theirQuality?: Quality | null;
  thirdQuality?: Quality | null;
  /** The same in figures, as far as this page may know them. */
  people?: CallPeople;
  /** Why the hospital chose the present way. */
  reason?: PathReason | null;
  /** Which way is shown: from page to page, or through the hospital's relay. */
  route?: 'p2p' | 'relay';
}

export interface LinkOptions {
  /** Hands a signal to the other side's page; rejects when it could not. */
  send: (toEndpoint: string, signal: Signal) => Promise<unknown>;
  /** Fresh servers and credentials; rejects when the server cannot be asked. */
  readIceServers: () => Promise<IceServer[]>;
  /** What the other side says that it sends: only then its absence is a fault. */
  expected?: () => Expected;
  /** Several repairs in vain: begin anew as another endpoint. */
  onHopeless?: () => void;
  create?: CreateConnection;
  /** `relay` goes through TURN only. */
  iceTransportPolicy?: RTCIceTransportPolicy;
}
