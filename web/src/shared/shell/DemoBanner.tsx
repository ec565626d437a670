import { IconInfoCircle } from '@tabler/icons-react';
import { useHospital } from '../session';
import classes from './DemoBanner.module.css';
import { useShellText } from './strings';

/** Says on every page of a demonstration that it is one; nothing at all elsewhere. */
export function DemoBanner() {
  const hospital = useHospital();
  const text = useShellText();
  if (!hospital?.demo) return null;
  return (
    <aside className={classes.root}>
      <IconInfoCircle size={16} aria-hidden />
      <span>{text('demo.banner')}</span>
    </aside>
  );
}
