import classes from './QualityBars.module.css';
import { useUiText } from './strings';

export type Quality = 'excellent' | 'good' | 'poor' | 'lost';

const lit: Record<Quality, number> = { excellent: 4, good: 3, poor: 1, lost: 0 };
const heights = [5, 9, 13, 17];

/** The word for the connection, in the reader's language. */
export function useQualityWord(): (quality: Quality) => string {
  const text = useUiText();
  return (quality) => text(`quality.${quality}`);
}

/** The connection's quality as a word and bars. Takes its colour from where it stands. */
export function QualityBars({ quality }: { quality: Quality }) {
  const text = useUiText();
  const word = text(`quality.${quality}`);
  return (
    <span className={classes.root} data-quality={quality} title={text('quality.label', { word })}>
      <svg width="22" height="18" viewBox="0 0 22 18" aria-hidden>
        {heights.map((height, index) => (
          <rect
            key={height}
            className={classes.bar}
            data-lit={index < lit[quality]}
            x={index * 6}
            y={18 - height}
            width="4"
            height={height}
            rx="1.5"
          />
        ))}
      </svg>
      <span>{word}</span>
    </span>
  );
}
