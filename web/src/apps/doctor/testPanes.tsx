import type { RoomHandle } from '../../shared/live';

/**
 * Stand-ins for the stage and the chat, which are tested where they live: the console's tests ask where
 * they stand, and with which visit.
 */
export function CallStage({ visit: { state, room } }: { visit: RoomHandle }) {
  return (
    <section aria-label="The call">
      <p>{state.other?.display_name}</p>
      <button onClick={() => void room.finish()}>End visit</button>
    </section>
  );
}

export function CameraMirror({ label }: { label: string }) {
  return <video aria-label={label} />;
}

export function ChatPane({ visit: { state } }: { visit: RoomHandle }) {
  return (
    <section aria-label="Chat">
      <textarea aria-label={`Message to ${state.other?.display_name ?? 'nobody'}`} />
    </section>
  );
}
