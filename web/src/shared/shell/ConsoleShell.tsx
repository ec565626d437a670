import type { ReactNode } from 'react';
import { useSurface } from '../theme';
import { AccountMenu } from './AccountMenu';
import { ConsolePlaces } from './ConsolePlaces';
import classes from './ConsoleShell.module.css';
import { DemoBanner } from './DemoBanner';
import { LanguageSwitch } from './LanguageSwitch';
import { OfflineBanner } from './OfflineBanner';
import { useFrameTitle } from './usePageTitle';
import { Wordmark } from './Wordmark';

export interface ConsolePlace {
  to: string;
  label: string;
  /** Only this very address, for a place under whose address other places live. */
  end?: boolean;
}

export interface ConsoleShellProps {
  /** Where one is, such as "Doctor's console". */
  place: string;
  /** The console's own places, if it has more than one. */
  places?: readonly ConsolePlace[];
  /** What belongs to the person and not to the work, in the account's menu. */
  accountPlaces?: readonly ConsolePlace[];
  /** Fills the window below the top bar and scrolls within itself. */
  children: ReactNode;
}

/** The staff's page: a top bar, and under it the whole window for the work. */
export function ConsoleShell({
  place,
  places = [],
  accountPlaces = [],
  children,
}: ConsoleShellProps) {
  useSurface('console');
  useFrameTitle(place);
  return (
    <div className={classes.root}>
      <DemoBanner />
      <OfflineBanner />
      <header className={classes.bar}>
        <Wordmark />
        <span className={classes.place} data-many={places.length > 4}>
          {place}
        </span>
        <ConsolePlaces places={places} elsewhere={accountPlaces} />
        <LanguageSwitch />
        <AccountMenu places={accountPlaces} />
      </header>
      <main className={classes.main}>{children}</main>
    </div>
  );
}
