/** An RTCPeerConnection without media: its signalling states are real (W3C WebRTC 1.0, section 4.3.1). */
import { vi } from 'vitest';

export class FakeSender {
  parameters: { encodings: object[] } = { encodings: [{}] };
  track: MediaStreamTrack | null;

  constructor(track: MediaStreamTrack | null) {
    this.track = track;
  }
  replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    this.track = track;
    return Promise.resolve();
  }
  getParameters() {
    return this.parameters;
  }
  setParameters(parameters: { encodings: object[] }): Promise<void> {
    this.parameters = parameters;
    return Promise.resolve();
  }
}

let generation = 0;

export class FakeConnection extends EventTarget {
  signalingState: RTCSignalingState = 'stable';
  connectionState: RTCPeerConnectionState = 'new';
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: { type: RTCSdpType; sdp: string } | null = null;
  configuration: RTCConfiguration | undefined;
  readonly senders: FakeSender[] = [];
  readonly candidates: RTCIceCandidateInit[] = [];
  restarts = 0;
  rollbacks = 0;

  addTrack(track: MediaStreamTrack): FakeSender {
    const sender = new FakeSender(track);
    this.senders.push(sender);
    return sender;
  }

  addTransceiver(kind: string) {
    const track = { kind, getSettings: () => ({}) };
    return { receiver: { track } };
  }

  setConfiguration(configuration: RTCConfiguration): void {
    this.configuration = configuration;
  }

  setLocalDescription(): Promise<void> {
    const answers = this.signalingState === 'have-remote-offer';
    generation += 1;
    const sdp = `a=ice-ufrag:g${generation}`;
    this.localDescription = { type: answers ? 'answer' : 'offer', sdp };
    this.signalingState = answers ? 'stable' : 'have-local-offer';
    return Promise.resolve();
  }

  setRemoteDescription({ type, sdp }: { type: RTCSdpType; sdp: string }): Promise<void> {
    if (type === 'offer' && this.signalingState === 'have-local-offer') {
      this.rollbacks += 1;
      this.signalingState = 'stable';
    }
    const expected = type === 'offer' ? 'stable' : 'have-local-offer';
    if (this.signalingState !== expected) {
      return Promise.reject(new DOMException('wrong state', 'InvalidStateError'));
    }
    this.remoteDescription = { type, sdp };
    this.signalingState = type === 'offer' ? 'have-remote-offer' : 'stable';
    return Promise.resolve();
  }

  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    this.candidates.push(candidate);
    return Promise.resolve();
  }

  restartIce(): void {
    this.restarts += 1;
    this.dispatchEvent(new Event('negotiationneeded'));
  }

  getStats(): Promise<Map<string, object>> {
    return Promise.resolve(new Map<string, object>());
  }

  close(): void {
    this.connectionState = 'closed';
  }

  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }
}

/** jsdom has no MediaStream; for these tests a bag of tracks is one. */
export function stubMediaStream(): void {
  vi.stubGlobal(
    'MediaStream',
    class {
      readonly tracks: MediaStreamTrack[];
      constructor(tracks: MediaStreamTrack[] = []) {
        this.tracks = tracks;
      }
      addTrack(track: MediaStreamTrack) {
        this.tracks.push(track);
      }
    },
  );
}
