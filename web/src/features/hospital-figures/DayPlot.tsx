import classes from './DayPlot.module.css';

export interface Series {
  key: string;
  name: string;
  tone: 'brand' | 'good' | 'amber' | 'bad';
  /** One value for each day; null where there is none. */
  values: readonly (number | null)[];
}

export interface DayPlotProps {
  /** What the plot shows, in a sentence: the same days stand in a table for who reads each number. */
  label: string;
  /** The days in words, in order. */
  days: readonly string[];
  /** Several stand on each other, unless `beside`. */
  series: readonly Series[];
  beside?: boolean;
  format: (value: number) => string;
}

const high = 150;
const gap = 0.24;

/** Bars for days, on a scale that begins at zero and ends at a round number. */
export function DayPlot({ label, days, series, beside = false, format }: DayPlotProps) {
  const most = Math.max(
    0,
    ...days.map((_, at) => {
      const values = series.map(({ values }) => values[at] ?? 0);
      return beside ? Math.max(...values) : values.reduce((sum, one) => sum + one, 0);
    }),
  );
  const top = roundTop(most);
  const middle = days[Math.floor((days.length - 1) / 2)];
  return (
    <figure className={classes.figure}>
      <div className={classes.scale} aria-hidden>
        <span>{format(top)}</span>
        <span>{format(top / 2)}</span>
        <span>{format(0)}</span>
      </div>
      <svg className={classes.plot} height={high} role="img" aria-label={label}>
        {[0, 0.5, 1].map((part) => (
          <line
            key={part}
            x1="0"
            x2="100%"
            y1={part * (high - 1) + 0.5}
            y2={part * (high - 1) + 0.5}
          />
        ))}
        {days.map((day, at) => (
          <Bars
            key={day}
            at={at}
            days={days}
            series={series}
            beside={beside}
            top={top}
            format={format}
          />
        ))}
      </svg>
      <div className={classes.days} aria-hidden>
        <span>{days[0]}</span>
        {days.length > 4 && <span>{middle}</span>}
        {days.length > 1 && <span>{days[days.length - 1]}</span>}
      </div>
      {series.length > 1 && (
        <ul className={classes.legend} aria-hidden>
          {series.map(({ key, name, tone }) => (
            <li key={key}>
              <i data-tone={tone} /> {name}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

interface BarsProps extends Required<Pick<DayPlotProps, 'days' | 'series' | 'beside' | 'format'>> {
  at: number;
  top: number;
}

function Bars({ at, days, series, beside, top, format }: BarsProps) {
  const share = 100 / days.length;
  const width = share * (1 - gap);
  const said = series.map(({ name, values }) => {
    const value = values[at];
    return `${name}: ${value === null || value === undefined ? '–' : format(value)}`;
  });
  return (
    <g>
      <title>{[days[at], ...said].join('\n')}</title>
      {/* The whole day answers to a pointer, not its bar alone. */}
      <rect className={classes.day} x={`${at * share}%`} y="0" width={`${share}%`} height={high} />
      {series.map(({ key, tone, values }, index) => {
        const value = values[at] ?? 0;
        if (value <= 0) return null;
        const tall = tallOf(value, top);
        const under = beside ? [] : series.slice(0, index);
        const below = under.reduce((sum, one) => sum + tallOf(one.values[at] ?? 0, top), 0);
        const y = high - tall - below;
        const part = beside ? width / series.length : width;
        const x = at * share + (share - width) / 2 + (beside ? index * part : 0);
        return (
          <rect
            key={key}
            data-tone={tone}
            x={`${x}%`}
            y={y}
            width={`${part}%`}
            height={tall}
            rx="1.5"
          />
        );
      })}
    </g>
  );
}

/** In pixels; what is there at all is seen. */
function tallOf(value: number, top: number): number {
  return value <= 0 ? 0 : Math.max(2, (value / top) * high);
}

/** The next of 2, 4, 10, 20, 40, 100 ...: its half is a whole number too. */
export function roundTop(most: number): number {
  let step = 2;
  for (;;) {
    for (const times of [1, 2, 5]) if (most <= step * times) return step * times;
    step *= 10;
  }
}
