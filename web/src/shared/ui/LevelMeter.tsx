import classes from './LevelMeter.module.css';
import { useUiText } from './strings';

export interface LevelMeterProps {
  /** How loud it is now, 0 to 1. */
  level: number;
  /** What is being measured, such as "Microphone". */
  label: string;
}

/** A moving bar and a word for how loud it is; the word changes only with the band, so it can be read. */
export function LevelMeter({ level, label }: LevelMeterProps) {
  const text = useUiText();
  const bounded = Math.min(1, Math.max(0, level));
  const band = bounded < 0.06 ? 'quiet' : bounded > 0.92 ? 'loud' : 'heard';
  const word = text(`level.${band}`);
  return (
    <div className={classes.root}>
      <div
        className={classes.track}
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(bounded * 100)}
        aria-valuetext={word}
      >
        <div
          className={classes.fill}
          data-band={band}
          style={{ transform: `scaleX(${bounded})` }}
        />
      </div>
      <span className={classes.word} aria-hidden>
        {word}
      </span>
    </div>
  );
}
