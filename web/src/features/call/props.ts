import type { RoomHandle } from '../../shared/live';

/**
 * The call: the other person fills the stage, the own picture is small and can be moved, controls are
 * in one bar. It shows every state of the room itself: entering, waiting for the other, reconnecting,
 * opened elsewhere, left, over, refused. It fills the height and width of where it is put.
 */
export interface CallStageProps {
  /** From useRoom. Whether this is the patient's or the doctor's stage follows from it. */
  visit: RoomHandle;
  /**
   * The chat's button in the bar, for a layout in which the chat can be closed. Left out where the chat
   * is always on the screen. `unread` is from useUnread.
   */
  chat?: { opened: boolean; unread: number; onToggle: () => void };
  /** The doctor's button in the bar that asks a third person in. Left out where nobody can be. */
  onInvite?: () => void;
  /** Whose invitation is open. */
  invited?: string | undefined;
  /** Sends the third person away, whose picture then has a button for it. */
  onRemoveThird?: () => Promise<unknown>;
  /** A guest's end of the own part: for good, so that it is asked for once. */
  onHangUp?: () => Promise<unknown>;
  /** A link or button under what is said when this page is out: left, over, or refused. */
  exit?: { label: string; onPress: () => void };
  /** M and V switch microphone and camera; off while another part of the page uses these keys. */
  shortcuts?: boolean;
}
