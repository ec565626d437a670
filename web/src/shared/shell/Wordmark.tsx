import { useHospital } from '../session';
import classes from './Wordmark.module.css';

/** The sign over the door: the hospital's own name, with its space kept while it loads. */
export function Wordmark({ large = false }: { large?: boolean }) {
  const hospital = useHospital();
  const size = large ? 44 : 28;
  return (
    <span className={classes.root} data-large={large}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
        <rect className={classes.plate} width="32" height="32" rx="9" />
        <path className={classes.cross} d="M16 8.5v15M8.5 16h15" />
      </svg>
      <span className={classes.name}>{hospital?.name ?? '\u00a0'}</span>
    </span>
  );
}
