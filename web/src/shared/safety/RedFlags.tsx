import { IconUrgent } from '@tabler/icons-react';
import { useFlagWords } from './flags';
import classes from './RedFlags.module.css';
import { useFlagText } from './strings';

/** What a patient said yes to, so that nobody overlooks it: a mark and words, on one line where it fits. */
export function RedFlags({ flags }: { flags: readonly string[] }) {
  const text = useFlagText();
  const words = useFlagWords();
  if (flags.length === 0) return null;
  return (
    <span className={classes.root} data-red-flags>
      <IconUrgent size={16} stroke={2} aria-hidden />
      <strong>{text('urgent')}</strong>
      <span>{words(flags)}</span>
    </span>
  );
}
