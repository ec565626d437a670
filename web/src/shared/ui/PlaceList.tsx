import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './PlaceList.module.css';

export interface PlaceListProps {
  /** Names the list for who cannot see the heading above it. */
  label?: string;
  children: ReactNode;
}

/** A list whose rows lead somewhere. */
export function PlaceList({ label, children }: PlaceListProps) {
  return (
    <ul className={classes.list} aria-label={label}>
      {children}
    </ul>
  );
}

/** One row, the whole of it a link; without a place to lead to, only what it says. */
export function PlaceRow({ to, children }: { to: string | undefined; children: ReactNode }) {
  const what = <span className={classes.what}>{children}</span>;
  return (
    <li>
      {to === undefined ? (
        <div className={classes.row}>{what}</div>
      ) : (
        <Link to={to} className={classes.row}>
          {what}
          <IconChevronRight className={classes.go} size={20} aria-hidden />
        </Link>
      )}
    </li>
  );
}
