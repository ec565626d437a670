import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './DenseTable.module.css';

export interface RowLinkProps {
  to: string;
  /** What the page behind it may want to know, such as where to go back to. */
  state?: unknown;
  children: ReactNode;
}

/** The one link of a table's row; the whole row answers to it. */
export function RowLink({ to, state, children }: RowLinkProps) {
  return (
    <Link to={to} state={state} className={classes.link}>
      {children}
    </Link>
  );
}
