import { IconCheck } from '@tabler/icons-react';
import classes from './JourneyStrip.module.css';
import { useUiText } from './strings';

export const journeySteps = ['booked', 'ready', 'waiting', 'in_call', 'afterwards'] as const;
export type JourneyStep = (typeof journeySteps)[number];

export interface JourneyStripProps {
  /** The step the patient is in now. */
  current: JourneyStep;
  /** What the present step needs to say, such as "about 10-20 minutes". */
  detail?: string;
}

/** The patient's path through one visit: what is done, what is now, what is next. */
export function JourneyStrip({ current, detail }: JourneyStripProps) {
  const text = useUiText();
  const at = journeySteps.indexOf(current);

  return (
    <nav className={classes.root} aria-label={text('journey.label')}>
      <ol className={classes.steps}>
        {journeySteps.map((step, index) => {
          const state = index < at ? 'done' : index === at ? 'now' : 'next';
          return (
            <li
              key={step}
              className={classes.step}
              data-state={state}
              aria-current={state === 'now' ? 'step' : undefined}
            >
              <span className={classes.mark} aria-hidden>
                {state === 'done' && <IconCheck size={14} stroke={3} />}
              </span>
              <span className={classes.word}>{text(`journey.${step}`)}</span>
              <span className="tv-visually-hidden">{text(`journey.${state}`)}</span>
            </li>
          );
        })}
      </ol>
      {detail !== undefined && <p className={classes.detail}>{detail}</p>}
    </nav>
  );
}
