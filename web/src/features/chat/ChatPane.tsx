import type { ChatPaneProps } from './props';

export function ChatPane({ visit }: ChatPaneProps) {
  return <section data-entries={visit.state.entries.length} />;
}
