export { InviteDialog, type InviteDialogProps } from './InviteDialog';
export { removeGuest } from './invitation';
export { useInvitationText } from './strings';
