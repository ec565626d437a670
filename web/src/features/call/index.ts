export { CallStage } from './CallStage';
export { CameraMirror, type CameraMirrorProps } from './CameraMirror';
export type { CallStageProps } from './props';
