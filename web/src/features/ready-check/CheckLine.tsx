import { Loader } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './CheckLine.module.css';

export type CheckState = 'good' | 'attention' | 'busy' | 'untested';

export interface CheckLineProps {
  icon: Icon;
  /** What is checked, such as "Camera". */
  name: string;
  state: CheckState;
  /** The state in a word or two: never the mark alone. Empty where a control says it all. */
  word: string;
  /** A small control at the end of the line. */
  control?: ReactNode;
  /** A live meter, an explanation, what to do. */
  children?: ReactNode;
}

/** One thing on the list: what it is, how it is, and below it what to do. */
export function CheckLine({ icon: Mark, name, state, word, control, children }: CheckLineProps) {
  return (
    <li className={classes.line} data-state={state}>
      <div className={classes.head}>
        <Mark className={classes.icon} size={24} stroke={1.75} aria-hidden />
        <span className={classes.name}>{name}</span>
        <span className={classes.state} role="status">
          {word !== '' && <StateMark state={state} />}
          {word}
        </span>
        {control}
      </div>
      {children !== undefined && <div className={classes.body}>{children}</div>}
    </li>
  );
}

function StateMark({ state }: { state: CheckState }) {
  switch (state) {
    case 'good':
      return <IconCircleCheck size={20} aria-hidden />;
    case 'attention':
      return <IconAlertTriangle size={20} aria-hidden />;
    case 'busy':
      return <Loader size={16} color="gray" aria-hidden />;
    case 'untested':
      return <IconCircleDashed size={20} aria-hidden />;
  }
}
