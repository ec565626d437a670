import { Button, Checkbox, Radio, Stack } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useLanguage } from '../../shared/i18n';
import { bases, type Basis } from './basis';
import classes from './Booking.module.css';
import { useBookingText } from './strings';
import type { RedFlags } from './useRedFlags';

export interface DiagnosisChoiceProps {
  value: Basis | null;
  onChange: (basis: Basis | null) => void;
  /** Whether one tried to go on without it. */
  missing: boolean;
  /** The hospital has no earlier visit of this patient. */
  unseen: boolean;
}

/** What there is of an earlier diagnosis: asked once, before booking. */
export function DiagnosisChoice({ value, onChange, missing, unseen }: DiagnosisChoiceProps) {
  const text = useBookingText();
  return (
    <section className={classes.card} id="earlier-diagnosis">
      <Radio.Group
        label={<span className={classes.heading}>{text('book.diagnosis')}</span>}
        description={text('book.diagnosisLead')}
        value={value}
        onChange={(chosen) => onChange(bases.find((one) => one === chosen) ?? null)}
        error={unseen ? text('book.unseen') : missing && text('book.missing')}
      >
        <Stack gap="sm" mt="sm" mb="xs">
          {bases.map((one) => (
            <Radio
              key={one}
              value={one}
              label={text(`book.${one}`)}
              description={
                one === 'documents'
                  ? text('book.documentsHint')
                  : one === 'none'
                    ? text('book.noneHint')
                    : undefined
              }
            />
          ))}
        </Stack>
      </Radio.Group>
    </section>
  );
}

export interface RedFlagChoiceProps {
  flags: RedFlags;
  ticked: readonly string[];
  onChange: (ticked: readonly string[]) => void;
  /** The local emergency number. */
  number: string;
}

/** The red-flag questions; once one is ticked the emergency number stands pinned in sight. */
export function RedFlagChoice({ flags, ticked, onChange, number }: RedFlagChoiceProps) {
  const text = useBookingText();
  const [language] = useLanguage();
  const urgent = ticked.length > 0;
  return (
    <>
      <section>
        <h2 className={classes.heading}>{text('book.emergency')}</h2>
        <p className={classes.quiet}>{text('book.emergencyLead')}</p>
        <fieldset className={classes.flags}>
          <legend className="tv-visually-hidden">{text('book.emergency')}</legend>
          {flags.questions.map((one) => {
            const chosen = ticked.includes(one.id);
            const advice = language === 'zh-CN' ? one.zh_advice : one.en_advice;
            return (
              <Checkbox
                key={one.id}
                size="md"
                className={classes.flag ?? ''}
                data-chosen={chosen || undefined}
                checked={chosen}
                onChange={() =>
                  onChange(chosen ? ticked.filter((id) => id !== one.id) : [...ticked, one.id])
                }
                label={language === 'zh-CN' ? one.zh : one.en}
                description={chosen ? advice : undefined}
              />
            );
          })}
        </fieldset>
      </section>
      <div className={classes.help} data-shown={urgent || undefined}>
        <div role="alert">
          {urgent && <p className={classes.urgent}>{text('book.urgent', { number })}</p>}
        </div>
        {urgent && (
          <Button
            component="a"
            href={`tel:${number}`}
            color="bad"
            fullWidth
            leftSection={<IconPhone size={22} aria-hidden />}
          >
            {text('book.call', { number })}
          </Button>
        )}
      </div>
    </>
  );
}
