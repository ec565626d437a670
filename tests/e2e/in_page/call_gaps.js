// How long a call stood still: between two pictures that were shown, and between two moments at which sound came.
window.callGaps = {
  start() {
    const video = document.querySelector('[data-call-stage] video');
    const now = { picture: 0, sound: 0, since: performance.now() };
    const state = { now, lastPicture: performance.now(), lastSound: performance.now(), packets: new Map(), over: false };
    this.state = state;
    const shown = () => {
      const at = performance.now();
      now.picture = Math.max(now.picture, at - state.lastPicture);
      state.lastPicture = at;
      if (!state.over) video.requestVideoFrameCallback(shown);
    };
    video.requestVideoFrameCallback(shown);
    // Sound is what is played: samples that were made up for missing ones do not count.
    const listen = async () => {
      while (!state.over) {
        for (const peer of window.seenByTests.peers()) {
          const report = await peer.getStats();
          for (const one of report.values()) {
            if (one.type !== 'inbound-rtp' || one.kind !== 'audio') continue;
            const real = (one.totalSamplesReceived ?? 0) - (one.concealedSamples ?? 0);
            const key = `${window.seenByTests.peers().indexOf(peer)}/${one.id}`;
            if (real > (state.packets.get(key) ?? 0)) {
              const at = performance.now();
              now.sound = Math.max(now.sound, at - state.lastSound);
              state.lastSound = at;
            }
            state.packets.set(key, real);
          }
        }
        await new Promise((done) => setTimeout(done, 15));
      }
    };
    void listen();
  },
  // Ends looking, and says how long the longest gaps were, in ms.
  stop() {
    this.state.over = true;
    const at = performance.now();
    const { now, lastPicture, lastSound, since } = this.state;
    return { picture: Math.max(now.picture, at - lastPicture), sound: Math.max(now.sound, at - lastSound), all: at - since };
  },
};
