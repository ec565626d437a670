import { IconClipboardText, IconHome, IconUser, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useSurface } from '../theme';
import { DemoBanner } from './DemoBanner';
import { LanguageSwitch } from './LanguageSwitch';
import { OfflineBanner } from './OfflineBanner';
import classes from './PageShell.module.css';
import { useShellText } from './strings';
import { useFrameTitle } from './usePageTitle';
import { Wordmark } from './Wordmark';

const places: readonly { to: string; key: 'home' | 'records' | 'me'; icon: Icon }[] = [
  { to: '/', key: 'home', icon: IconHome },
  { to: '/records', key: 'records', icon: IconClipboardText },
  { to: '/me', key: 'me', icon: IconUser },
];

export interface PageShellProps {
  /** Names the browser's tab, before the hospital's name. */
  title?: string;
  /** Stays above the content, as the journey strip does. */
  top?: ReactNode;
  /** Left out where nothing may draw away from the task, as in the ready check. */
  withPlaces?: boolean;
  children: ReactNode;
}

/** The patient's page: one column, the three places where the thumb is. */
export function PageShell({ title, top, withPlaces = true, children }: PageShellProps) {
  useSurface('patient');
  useFrameTitle(title);
  const text = useShellText();
  return (
    <div className={classes.root}>
      <a className={classes.skip} href="#content">
        {text('skip')}
      </a>
      <DemoBanner />
      <OfflineBanner />
      <header className={classes.header}>
        <Wordmark />
        <LanguageSwitch />
      </header>
      {top !== undefined && <div className={classes.top}>{top}</div>}
      <main id="content" className={classes.main} tabIndex={-1}>
        {children}
      </main>
      {withPlaces && (
        <nav className={classes.places} aria-label={text('places.label')}>
          {places.map(({ to, key, icon: Mark }) => (
            <NavLink key={key} to={to} end={to === '/'} className={classes.place ?? ''}>
              <Mark size={24} stroke={1.75} aria-hidden />
              <span>{text(`places.${key}`)}</span>
            </NavLink>
          ))}
        </nav>
      )}
    </div>
  );
}
