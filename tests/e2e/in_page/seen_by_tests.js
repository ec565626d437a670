// Runs before the page's own code: notes what a test cannot see from outside.
(() => {
  // Every connection of the page, so that a test can read figures that the page does not show.
  const peers = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...args) {
      super(...args);
      peers.push(this);
      this.addEventListener('icecandidateerror', ({ errorCode }) => {
        window.seenByTests.iceErrors.push(errorCode);
      });
    }
  };
  window.seenByTests = {
    stage: [],
    iceErrors: [],
    peers: () => peers.filter((peer) => peer.connectionState === 'connected'),
    async received() {
      const sum = { audioPackets: 0, videoFrames: 0, paths: [] };
      for (const peer of peers) {
        if (peer.connectionState !== 'connected') continue;
        const report = await peer.getStats();
        for (const one of report.values()) {
          if (one.type === 'inbound-rtp' && one.kind === 'audio') sum.audioPackets += one.packetsReceived;
          if (one.type === 'inbound-rtp' && one.kind === 'video') sum.videoFrames += one.framesDecoded ?? 0;
          if (one.type === 'transport' && one.selectedCandidatePairId) {
            const pair = report.get(one.selectedCandidatePairId);
            const types = [pair.localCandidateId, pair.remoteCandidateId].map(
              (id) => report.get(id)?.candidateType,
            );
            sum.paths.push(types);
          }
        }
      }
      return sum;
    },
  };
  // All that the stage went through, in order: a glance between two moments would miss what was short.
  const look = () => {
    const stage = document.querySelector('[data-call-stage]');
    const now = stage ? `${stage.dataset.phase}/${stage.dataset.view}/${stage.dataset.link}` : 'none';
    if (window.seenByTests.stage.at(-1) !== now) window.seenByTests.stage.push(now);
  };
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-phase', 'data-view', 'data-link'],
  });
})();
