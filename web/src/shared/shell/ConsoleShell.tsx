import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useSurface } from '../theme';
import { AccountMenu } from './AccountMenu';
import classes from './ConsoleShell.module.css';
import { DemoBanner } from './DemoBanner';
import { LanguageSwitch } from './LanguageSwitch';
import { OfflineBanner } from './OfflineBanner';
import { useShellText } from './strings';
import { usePageTitle } from './usePageTitle';
import { Wordmark } from './Wordmark';

export interface ConsolePlace {
  to: string;
  label: string;
}

export interface ConsoleShellProps {
  /** Where one is, such as "Doctor's console". */
  place: string;
  /** The console's own places, if it has more than one. */
  places?: readonly ConsolePlace[];
  /** Fills the window below the top bar and scrolls within itself. */
  children: ReactNode;
}

/** The staff's page: a top bar, and under it the whole window for the work. */
export function ConsoleShell({ place, places = [], children }: ConsoleShellProps) {
  useSurface('console');
  usePageTitle(place);
  const text = useShellText();
  return (
    <div className={classes.root}>
      <DemoBanner />
      <OfflineBanner />
      <header className={classes.bar}>
        <Wordmark />
        <span className={classes.place}>{place}</span>
        <nav className={classes.places} aria-label={text('places.label')}>
          {places.map(({ to, label }) => (
            <NavLink key={to} to={to} className={classes.link ?? ''}>
              {label}
            </NavLink>
          ))}
        </nav>
        <LanguageSwitch />
        <AccountMenu />
      </header>
      <main className={classes.main}>{children}</main>
    </div>
  );
}
