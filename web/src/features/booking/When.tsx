import { createZonedFormat, useFormat, useLanguage } from '../../shared/i18n';
import { useHospital } from '../../shared/session';
import { ownZone } from './slots';
import { useBookingText } from './strings';
import classes from './Booking.module.css';

/** When a visit is, by the reader's clock, and by the hospital's where that shows another time. */
export function useWhen() {
  const [language] = useLanguage();
  const hospital = useHospital()?.time_zone;
  const format = useFormat(hospital);
  const theirs =
    hospital === undefined ? undefined : createZonedFormat({ language, zone: hospital });
  const own = createZonedFormat({ language, zone: ownZone() });
  return {
    money: format.money,
    day: own.fullDate,
    time: format.time,
    /** Tue, Nov 24 09:00 */
    short: (moment: string) => `${format.day(moment)} ${format.time(moment)}`,
    /** The hospital's own time and zone; undefined while its clock shows the same. */
    there: (moment: string) => {
      if (theirs === undefined) return undefined;
      const same =
        theirs.minutes(moment) === own.minutes(moment) &&
        theirs.dayOf(moment) === own.dayOf(moment);
      if (same) return undefined;
      return { when: `${theirs.date(moment)} ${theirs.minutes(moment)}`, zone: theirs.zone };
    },
  };
}

export function When({ at }: { at: string }) {
  const text = useBookingText();
  const when = useWhen();
  const there = when.there(at);
  return (
    <>
      <p className={classes.day}>{when.day(at)}</p>
      <p className={classes.time}>{when.time(at)}</p>
      {there && <p className={classes.quiet}>{text('book.there', there)}</p>}
    </>
  );
}
