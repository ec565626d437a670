export { InviteDialog, type InviteDialogProps } from './InviteDialog';
export { removeGuest, useOpenInvitation } from './invitation';
export { useInvitationText } from './strings';
