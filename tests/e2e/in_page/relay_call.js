// One participant of a call through the relay: answers its offers, sends a camera and a microphone, shows the others.
window.relayCall = {
  connection: new RTCPeerConnection(),
  sources: {},
  seen: {},
  codec: null,
  refused: [],

  // codec: the only one that the camera is sent with; refused: mids of lines that are rejected.
  async open({ width, height, frameRate, audio = true, video = true, codec = null, refused = [] }) {
    Object.assign(this, { codec, refused });
    if (audio || video) {
      const media = await navigator.mediaDevices.getUserMedia({ audio, video: video && { width, height, frameRate } });
      this.sources = { microphone: media.getAudioTracks()[0], camera: media.getVideoTracks()[0] };
    }
    this.connection.ontrack = ({ track, streams, transceiver }) => {
      this.seen[transceiver.mid] = streams[0]?.id ?? "";
      const element = document.createElement(track.kind);
      element.muted = element.autoplay = true;
      element.srcObject = new MediaStream([track]);
      document.body.append(element);
    };
  },

  async answer({ sdp, sources }) {
    await this.connection.setRemoteDescription({ type: "offer", sdp: this.withoutRefused(sdp) });
    for (const transceiver of this.connection.getTransceivers()) {
      const track = this.sources[sources[transceiver.mid]];
      if (track && transceiver.direction !== "sendonly") {
        transceiver.direction = "sendonly";
        await transceiver.sender.replaceTrack(track);
      }
    }
    await this.connection.setLocalDescription();
    for (const transceiver of this.connection.getTransceivers()) {
      if (this.codec && transceiver.sender.track?.kind === "video") await this.sendAs(this.codec, transceiver);
    }
    return this.connection.localDescription.sdp;
  },

  // A browser rejects a line by itself when it knows none of its codecs.
  withoutRefused(sdp) {
    const sections = sdp.split(/^(?=m=)/m).map((section) => {
      const mid = /^a=mid:(\S+)/m.exec(section)?.[1];
      return this.refused.includes(mid) ? section.replace(/^(a=rtpmap:\d+ )[\w-]+/gm, "$1unknown") : section;
    });
    return sections.join("");
  },

  async sendAs(codec, { sender }) {
    const parameters = sender.getParameters();
    const chosen = parameters.codecs.find(({ mimeType }) => mimeType === `video/${codec}`);
    for (const encoding of parameters.encodings) encoding.codec = chosen;
    await sender.setParameters(parameters);
  },

  async mute(source, muted) {
    const [own] = this.connection.getTransceivers().filter(
      ({ sender, direction }) => direction === "sendonly" && (sender.track ?? this.silenced)?.kind === this.sources[source].kind,
    );
    this.silenced = muted ? own.sender.track : null;
    await own.sender.replaceTrack(muted ? null : this.sources[source]);
  },

  async stats() {
    const all = [...(await this.connection.getStats()).values()];
    const of = {};
    for (const one of all.filter(({ type }) => type === "inbound-rtp")) {
      const publisher = this.seen[one.mid] ?? "";
      of[publisher] ??= { frames: 0, packets: 0, width: 0 };
      if (one.kind === "video") {
        of[publisher].frames = Math.max(of[publisher].frames, one.framesDecoded ?? 0);
        of[publisher].width = one.frameWidth ?? 0;
        of[publisher].codec = all.find(({ id }) => id === one.codecId)?.mimeType;
      } else {
        of[publisher].packets = Math.max(of[publisher].packets, one.packetsReceived);
      }
    }
    return of;
  },

  // Totals since the beginning: what is sent by layer, what arrives by publisher, and what the path out is taken to bear.
  async figures() {
    const all = [...(await this.connection.getStats()).values()];
    const found = { sent: {}, got: {}, availableBps: 0 };
    for (const one of all) {
      const who = this.seen[one.mid] ?? "";
      if (one.type === "candidate-pair" && one.availableOutgoingBitrate) found.availableBps = one.availableOutgoingBitrate;
      if (one.type === "outbound-rtp" && one.kind === "video") {
        found.sent[one.rid ?? ""] = { octets: one.bytesSent, packets: one.packetsSent, width: one.frameWidth, active: one.active };
      }
      if (one.type !== "inbound-rtp") continue;
      found.got[who] ??= {};
      found.got[who][one.kind] = one.kind === "video"
        ? { frames: one.framesDecoded, width: one.frameWidth, freezes: one.freezeCount, frozenS: one.totalFreezesDuration, nacks: one.nackCount, plis: one.pliCount, lost: one.packetsLost }
        : { packets: one.packetsReceived, lost: one.packetsLost, samples: one.totalSamplesReceived, concealed: one.concealedSamples, silent: one.silentConcealedSamples, fec: one.fecPacketsReceived, events: one.concealmentEvents, nacks: one.nackCount };
    }
    return found;
  },

  async sent() {
    const all = [...(await this.connection.getStats()).values()];
    return Object.fromEntries(
      all.filter(({ type, kind }) => type === "outbound-rtp" && kind === "video")
        .map(({ rid, framesEncoded, frameWidth, active }) => [rid ?? "", { framesEncoded, frameWidth, active }]),
    );
  },

  // How the relay is reached. Firefox names no pair of the transport's.
  async protocol() {
    const report = await this.connection.getStats();
    const pair = [...report.values()].find(({ type, nominated, state }) => type === "candidate-pair" && nominated && state === "succeeded");
    return report.get(pair.localCandidateId).protocol;
  },

  lines() {
    return this.connection.getTransceivers().map(({ mid, currentDirection }) => [mid, currentDirection]);
  },
};
