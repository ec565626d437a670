import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './StatusPill.module.css';

export type Tone = 'neutral' | 'brand' | 'amber' | 'good' | 'bad';

export interface StatusPillProps {
  /** Stands beside the word: a state is never told by colour alone. */
  icon: Icon;
  tone?: Tone;
  children: ReactNode;
}

export function StatusPill({ icon: Mark, tone = 'neutral', children }: StatusPillProps) {
  return (
    <span className={classes.root} data-tone={tone}>
      <Mark size={16} stroke={2} aria-hidden />
      {children}
    </span>
  );
}
