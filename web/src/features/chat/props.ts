import type { RoomHandle } from '../../shared/live';

/**
 * The conversation in writing: messages with sender and time, what is sending, kept or failed, and the
 * composer. It fills the place where it is put; `layout` decides how.
 */
export interface ChatPaneProps {
  /** From useRoom. */
  visit: RoomHandle;
  /** `pane` stands beside or under the stage; `sheet` comes up over the lower part of a phone's page. */
  layout: 'pane' | 'sheet';
  /** For the sheet: whether it is up. A pane is always there. */
  opened?: boolean;
  /** For the sheet: the person closed it. */
  onClose?: () => void;
  /** Where the hospital is, so that times name their zone when the reader's clock differs. */
  hospitalZone?: string | undefined;
}
