import type { ReactNode } from 'react';
import { usePageTitle } from '../shell';
import classes from './Page.module.css';

export interface PageProps {
  title: string;
  /** One line under the title: what the page shows. */
  lead?: ReactNode;
  /** The page's buttons, at the end of the title's line. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A console's page of lists and figures: its title, what it shows, what can be done. */
export function Page({ title, lead, actions, children }: PageProps) {
  usePageTitle(title);
  return (
    <div className={classes.root}>
      <header className={classes.header}>
        <div className={classes.words}>
          <h1 className={classes.title}>{title}</h1>
          {lead !== undefined && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
