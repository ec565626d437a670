export { ChatPane } from './ChatPane';
export type { ChatPaneProps } from './props';
export { useKeyboardInset } from './useKeyboardInset';
