import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './MarkedRows.module.css';

/** Few things of one's own in a frame, such as devices or keys; on a phone each keeps its button below. */
export function MarkedRows({ children }: { children: ReactNode }) {
  return <ul className={classes.list}>{children}</ul>;
}

export interface MarkedRowProps {
  icon: Icon;
  name: ReactNode;
  /** The name in full, where it is shown short. */
  title?: string;
  /** What is said of it in small print. */
  facts: readonly string[];
  /** What can be done with it. */
  action?: ReactNode;
}

export function MarkedRow({ icon: Mark, name, title, facts, action }: MarkedRowProps) {
  return (
    <li className={classes.row}>
      <span className={classes.mark} aria-hidden>
        <Mark size={24} stroke={1.75} />
      </span>
      <div className={classes.words}>
        <p className={classes.name} title={title}>
          {name}
        </p>
        <p className={classes.facts}>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
      </div>
      {action}
    </li>
  );
}
