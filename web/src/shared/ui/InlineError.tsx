import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError, useErrorDescription } from '../http';
import classes from './InlineError.module.css';

export interface InlineErrorProps {
  error: unknown;
  /** The code in small print; left out where the sentence says all, as for a wrong password. */
  withCode?: boolean;
}

/** A failure beside the control that caused it. */
export function InlineError({ error, withCode = true }: InlineErrorProps) {
  const { what, next, code } = useErrorDescription(error);
  // A mistake that the reader mends alone needs no code; support needs one for all else.
  const mends =
    error instanceof ApiError &&
    error.status >= 400 &&
    error.status < 500 &&
    error.logId === undefined;
  return (
    <div className={classes.root} role="alert">
      <IconAlertTriangle className={classes.mark} size={20} aria-hidden />
      <div>
        <p className={classes.what}>{what}</p>
        <p>{next}</p>
        {withCode && !mends && code !== undefined && <p className={classes.code}>{code}</p>}
      </div>
    </div>
  );
}
