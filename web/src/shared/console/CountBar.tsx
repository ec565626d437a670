import type { Tone } from '../ui';
import classes from './CountBar.module.css';

export interface Part {
  key: string;
  /** What is counted, in a word or two. */
  name: string;
  count: number;
  tone: Tone;
}

export interface CountBarProps {
  /** The whole in words, for who does not see the bar. */
  label: string;
  parts: readonly Part[];
}

/** Parts differ by these, too: nobody has to tell them apart by colour. */
const patterns = 4;

/** One bar of several counts, and under it what each part is. */
export function CountBar({ label, parts }: CountBarProps) {
  return (
    <div>
      <div className={classes.bar} role="img" aria-label={label}>
        {parts.map(
          ({ key, count, tone }, index) =>
            count > 0 && (
              <span
                key={key}
                className={classes.part}
                data-tone={tone}
                data-pattern={index % patterns}
                style={{ flexGrow: count }}
              />
            ),
        )}
      </div>
      <ul className={classes.legend} aria-hidden>
        {parts.map(({ key, name, count, tone }, index) => (
          <li key={key}>
            <i className={classes.part} data-tone={tone} data-pattern={index % patterns} />
            <b>{count}</b> {name}
          </li>
        ))}
      </ul>
    </div>
  );
}
