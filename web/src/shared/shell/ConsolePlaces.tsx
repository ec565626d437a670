import { Menu, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { matchPath, NavLink, useLocation } from 'react-router';
import classes from './ConsolePlaces.module.css';
import type { ConsolePlace } from './ConsoleShell';
import { useShellText } from './strings';

/** Up to so many stand beside each other on a phone. */
const fewOnPhone = 2;
/** More than so many need a desk's width to stand beside each other. */
const fewOnTablet = 4;
/** More than so many stand closer together. */
const fewOnDesk = 7;

export interface ConsolePlacesProps {
  places: readonly ConsolePlace[];
  /** Pages below a place's address that belong to none of them. */
  elsewhere?: readonly ConsolePlace[];
}

/**
 * A console's places: beside each other where there is room, else one button that names where one is and opens
 * the list of all. Nothing is ever to be scrolled for sideways.
 */
export function ConsolePlaces(props: ConsolePlacesProps) {
  // Other words take other room: they are measured anew.
  return <Places key={props.places.map(({ label }) => label).join()} {...props} />;
}

function Places({ places, elsewhere = [] }: ConsolePlacesProps) {
  const text = useShellText();
  const now = { getInitialValueInEffect: false };
  const phone = useMediaQuery('(max-width: 640px)', false, now);
  const tablet = useMediaQuery('(max-width: 1180px)', false, now);
  const { nav, fits } = useFits();
  const folded =
    !fits || (phone && places.length > fewOnPhone) || (tablet && places.length > fewOnTablet);
  return (
    <nav
      ref={nav}
      className={classes.places}
      data-empty={places.length === 0}
      data-close={places.length > fewOnDesk}
      aria-label={text('places.label')}
    >
      {folded ? (
        <Folded places={places} elsewhere={elsewhere} />
      ) : (
        places.map(({ to, label, end = false }) => (
          <NavLink key={to} to={to} end={end} className={classes.link ?? ''}>
            {label}
          </NavLink>
        ))
      )}
    </nav>
  );
}

/** Whether all places fit beside each other in the room that is left in the bar. */
function useFits() {
  const nav = useRef<HTMLElement>(null);
  const [room, setRoom] = useState(Infinity);
  // Once folded they cannot be measured: what they need is remembered.
  const [needed, setNeeded] = useState(0);
  useLayoutEffect(() => {
    const bar = nav.current;
    if (!bar) return undefined;
    const look = () => {
      setRoom(bar.clientWidth);
      if (bar.scrollWidth > bar.clientWidth) setNeeded(bar.scrollWidth);
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(bar);
    return () => observer.disconnect();
  }, []);
  return { nav, fits: needed <= room };
}

function Folded({ places, elsewhere }: Required<ConsolePlacesProps>) {
  const text = useShellText();
  const { pathname } = useLocation();
  // A page below the first place's address, such as one record, belongs to that place.
  const at = (exactly: boolean) =>
    [...elsewhere, ...places].find(
      ({ to, end = false }) => matchPath({ path: to, end: exactly && end }, pathname) !== null,
    );
  const found = at(true) ?? at(false);
  const here = found && elsewhere.includes(found) ? undefined : found;
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton
          className={classes.target}
          aria-label={here ? text('places.menuAt', { place: here.label }) : text('places.menu')}
        >
          {here?.label ?? text('places.menu')}
          <IconChevronDown size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {places.map(({ to, label, end = false }) => (
          <Menu.Item key={to} component={NavLink} to={to} end={end} className={classes.item}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
