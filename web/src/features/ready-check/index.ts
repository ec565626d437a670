export { Consent, consentId } from './Consent';
export { consentVersion, useConsentText } from './consentText';
export { DeviceCheck, type DeviceCheckProps } from './DeviceCheck';
export { Mirror, type DrawMirror, type MirrorProps } from './Mirror';
export type { Probe } from './networkSpeed';
export { bell, playNotes, type Note } from './notes';
