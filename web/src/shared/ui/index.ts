export { Avatar, initials, type AvatarProps } from './Avatar';
export { ConfirmDialog, type ConfirmDialogProps } from './ConfirmDialog';
export { InlineError, type InlineErrorProps } from './InlineError';
export {
  JourneyStrip,
  journeySteps,
  type JourneyStep,
  type JourneyStripProps,
} from './JourneyStrip';
export { LevelMeter, type LevelMeterProps } from './LevelMeter';
export { MarkedRow, MarkedRows, type MarkedRowProps } from './MarkedRows';
export { PasswordField } from './PasswordField';
export { PlaceList, PlaceRow, type PlaceListProps } from './PlaceList';
export { QualityBars, useQualityWord, type Quality } from './QualityBars';
export { StateView, type StateAction, type StateViewProps } from './StateView';
export { saveFile } from './saveFile';
export { StatusPill, type StatusPillProps, type Tone } from './StatusPill';
export { Timecode, type TimecodeProps } from './Timecode';
