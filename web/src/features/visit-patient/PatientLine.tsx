import { IconFileText, IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { dayOf, useFormat, useLanguage } from '../../shared/i18n';
import { useStanding } from '../../shared/practitioner';
import { monthsBetween } from './age';
import { useVisitPatientText } from './strings';
import type { VisitPatient } from './useVisitPatient';
import classes from './VisitPatient.module.css';

/** Below this age months are counted. */
const countedInMonths = 24;

export interface PatientLineProps {
  patient: VisitPatient;
  hospitalZone: string | undefined;
  /** How far the hospital's clock is ahead of this device's. */
  aheadMs: number;
}

/** Age, sex, birth date and whether the name was verified, on one line. */
export function PatientLine({ patient, hospitalZone, aheadMs }: PatientLineProps) {
  const text = useVisitPatientText();
  const [language] = useLanguage();
  const [opened] = useState(() => Date.now());
  const months = monthsBetween(patient.birth_date, dayOf(opened + aheadMs, hospitalZone ?? 'UTC'));
  const born = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const Mark = patient.verified ? IconShieldCheck : IconShieldQuestion;
  return (
    <p className={classes.line} role="group" aria-label={text('label')}>
      <span className={classes.strong}>
        {months < countedInMonths
          ? text('months', { count: months })
          : text('years', { count: Math.floor(months / 12) })}
      </span>
      <span>{text(`gender.${patient.gender ?? 'unasked'}`)}</span>
      <span>
        {text('born', { date: born.format(new Date(`${patient.birth_date}T00:00:00Z`)) })}
      </span>
      <span className={classes.mark} data-verified={patient.verified || undefined}>
        <Mark size={16} stroke={1.75} aria-hidden />
        {text(patient.verified ? 'verified' : 'unverified')}
      </span>
    </p>
  );
}

/** What the patient can show of an earlier diagnosis, at one glance. */
export function EvidenceBand({ patient }: { patient: VisitPatient }) {
  const text = useVisitPatientText();
  const { basis, complete, documents, earlier_visits: visits } = patient.diagnosis;
  const words = () => {
    switch (basis) {
      case null:
        return text('evidence.unsaid');
      case 'none':
        return text('evidence.none');
      case 'earlier_visit':
        return text('evidence.earlier_visit', { count: visits });
      case 'documents':
        return complete
          ? text('evidence.documents', { count: documents })
          : text('evidence.announced');
    }
  };
  return (
    <p className={classes.line} aria-live="polite" data-testid="evidence-band">
      <span className={classes.mark}>
        <IconFileText size={16} stroke={1.75} aria-hidden />
        {text('evidence.label')}
      </span>
      <span className={classes.strong}>{words()}</span>
    </p>
  );
}

export interface EarlierVisitsProps {
  patient: VisitPatient;
  hospitalZone: string | undefined;
}

/** When the patient was seen before, and by whom. */
export function EarlierVisits({ patient, hospitalZone }: EarlierVisitsProps) {
  const standing = useStanding();
  const text = useVisitPatientText();
  const format = useFormat(hospitalZone);
  const { earlier } = patient;
  return (
    <section className={classes.earlier} aria-labelledby="earlier-visits">
      <h3 id="earlier-visits" className={classes.title}>
        {text('earlier.title')}
      </h3>
      {earlier.length === 0 ? (
        <p className={classes.quiet}>{text('earlier.none')}</p>
      ) : (
        <ul className={classes.visits}>
          {earlier.map((one) => (
            <li key={one.consultation_id}>
              <span className={classes.strong}>{format.date(one.starts_at)}</span>
              <span className={classes.quiet}>
                {one.practitioner_name} · {standing(one.practitioner_title, one.specialty)}
              </span>
            </li>
          ))}
        </ul>
      )}
      {patient.diagnosis.earlier_visits > earlier.length && (
        <p className={classes.quiet}>{text('earlier.more', { count: earlier.length })}</p>
      )}
    </section>
  );
}
