export { ChatPane } from './ChatPane';
export type { ChatPaneProps } from './props';
