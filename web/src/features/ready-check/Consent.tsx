import { IconLock, IconStethoscope, IconWorld } from '@tabler/icons-react';
import classes from './Consent.module.css';
import { useReadyText } from './strings';

const points = [
  { key: 'limits', icon: IconStethoscope },
  { key: 'path', icon: IconWorld },
  { key: 'record', icon: IconLock },
] as const;

/** Where the points are on the page, so that the button which agrees to them can lead there. */
export const consentId = 'consent';

/** What entering means, in full, before the button that does it. */
export function Consent({ emergencyNumber }: { emergencyNumber: string }) {
  const text = useReadyText();
  return (
    <section className={classes.root} aria-labelledby={consentId}>
      <h2 id={consentId} className={classes.title}>
        {text('consent.title')}
      </h2>
      <ul className={classes.points}>
        {points.map(({ key, icon: Mark }) => (
          <li key={key}>
            <Mark size={20} stroke={1.75} aria-hidden />
            <span>{text(`consent.${key}`, { number: emergencyNumber })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
