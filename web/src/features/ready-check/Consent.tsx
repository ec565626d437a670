import { IconLock, IconStethoscope, IconWorld } from '@tabler/icons-react';
import classes from './Consent.module.css';
import { useConsentText } from './consentText';

const marks = { limits: IconStethoscope, path: IconWorld, record: IconLock };

/** Where the points are on the page, so that the button which agrees to them can lead there. */
export const consentId = 'consent';

/** What entering means, in full, before the button that does it. */
export function Consent({ emergencyNumber }: { emergencyNumber: string }) {
  const { title, points } = useConsentText(emergencyNumber);
  return (
    <section className={classes.root} aria-labelledby={consentId}>
      <h2 id={consentId} className={classes.title}>
        {title}
      </h2>
      <ul className={classes.points}>
        {points.map(({ key, words }) => {
          const Mark = marks[key];
          return (
            <li key={key}>
              <Mark size={20} stroke={1.75} aria-hidden />
              <span>{words}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
