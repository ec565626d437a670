import { Button } from '@mantine/core';
import { IconBuildingHospital, IconPhone } from '@tabler/icons-react';
import type { EntryView } from '../../protocol/signaling';
import { latestOf, reasonWords, referralWords } from '../../shared/safety';
import { useNotSuitableText } from './strings';
import classes from './UnsuitableNotice.module.css';

const reasons = ['emergency', 'examination', 'first_visit', 'other'] as const;
const referrals = ['emergency', 'department', 'hospital'] as const;
const written = (value: unknown) => (typeof value === 'string' ? value : '');

/** Calm words to a patient whose visit could not go on online: why, where to go, what the doctor said. */
export function UnsuitableNotice({
  entries,
  emergencyNumber,
}: {
  entries: readonly EntryView[];
  emergencyNumber: string;
}) {
  const text = useNotSuitableText();
  const detail = latestOf(entries, 'unsuitable')?.detail;
  if (!detail) return null;
  const reason = reasons.find((one) => one === detail.reason) ?? 'other';
  const referral = referrals.find((one) => one === detail.referral) ?? 'hospital';
  const place = written(detail.place);
  const words = written(detail.words);
  const urgent = referral === 'emergency';
  return (
    <section className={classes.root} data-urgent={urgent} aria-labelledby="not-suitable">
      <div className={classes.head}>
        <IconBuildingHospital size={24} stroke={1.75} aria-hidden />
        <h2 id="not-suitable" className={classes.title}>
          {text('told.title')}
        </h2>
      </div>
      <p>{text(`told.why.${reason}`)}</p>
      <p className={classes.go}>
        {urgent && place !== ''
          ? text('told.goAt', { place })
          : text(`told.go.${referral}`, { place })}
      </p>
      {words !== '' && (
        <blockquote className={classes.words}>
          <span className={classes.by}>{text('told.words')}</span>
          {words}
        </blockquote>
      )}
      {urgent && emergencyNumber === '' && <p className={classes.go}>{text('told.callAbroad')}</p>}
      {urgent && emergencyNumber !== '' && (
        <Button
          component="a"
          href={`tel:${emergencyNumber}`}
          color="bad"
          fullWidth
          leftSection={<IconPhone size={20} aria-hidden />}
        >
          {text('told.call', { number: emergencyNumber })}
        </Button>
      )}
      <p className={classes.kept}>{text('told.kept')}</p>
    </section>
  );
}

/** The same for the doctor afterwards, in one line. */
export function UnsuitableClosing({ entries }: { entries: readonly EntryView[] }) {
  const text = useNotSuitableText();
  const detail = latestOf(entries, 'unsuitable')?.detail;
  if (!detail) return null;
  return (
    <p className={classes.closing}>
      <IconBuildingHospital size={18} stroke={1.75} aria-hidden />
      {text('closed', {
        reason: reasonWords(written(detail.reason)),
        place: referralWords(written(detail.referral), written(detail.place)),
      })}
    </p>
  );
}
