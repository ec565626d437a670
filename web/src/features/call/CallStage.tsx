import type { CallStageProps } from './props';

export function CallStage({ visit }: CallStageProps) {
  return <section data-phase={visit.state.phase} />;
}
