import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type SyntheticEvent } from 'react';
import { ApiError, describeField } from '../../shared/http';
import { useLanguage } from '../../shared/i18n';
import { useHospital } from '../../shared/session';
import { InlineError } from '../../shared/ui';
import { countriesIn, countryOf } from './countries';
import classes from './SafetyStep.module.css';
import { useSafetyText } from './strings';
import { useConfirm, type Place, type VisitSafety } from './useSafety';

const formId = 'safety-location';

export interface LocationForm {
  place: Place;
  /** The hospital's country. */
  home: string;
  prefilled: boolean;
  set: (field: keyof Place, value: string) => void;
  confirm: ReturnType<typeof useConfirm>;
  submit: (event: SyntheticEvent) => void;
}

/** Where the patient is, while it is filled in; it begins with what the last visit knew. */
export function useLocationForm(
  consultationId: string,
  safety: VisitSafety | undefined,
): LocationForm {
  const [changed, setChanged] = useState<Partial<Place>>({});
  const confirm = useConfirm(consultationId);
  const zone = useHospital()?.time_zone;
  const home = useMemo(() => countryOf(zone), [zone]);
  const empty = { country: home, province: '', city: '', line: '', phone: '' };
  const known = safety?.location ?? null;
  const place: Place = { ...(known ?? empty), ...changed };
  return {
    place,
    home,
    prefilled: known !== null,
    set: (field, value) => setChanged((now) => ({ ...now, [field]: value })),
    confirm,
    submit: (event) => {
      event.preventDefault();
      if (!confirm.isPending) confirm.mutate(place);
    },
  };
}

export function LocationStep({
  form,
  emergencyNumber,
}: {
  form: LocationForm;
  emergencyNumber: string;
}) {
  const text = useSafetyText();
  const [language] = useLanguage();
  const { place, home, prefilled, set, confirm, submit } = form;
  const countries = useMemo(() => countriesIn(language, home), [language, home]);
  const fields = useRef<HTMLFormElement>(null);
  const failed = confirm.error;
  useEffect(() => {
    if (failed === null) return;
    fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failed]);
  const field = (name: keyof Place) => ({
    name,
    label: text(`location.${name}`),
    value: place[name],
    onChange: (event: { currentTarget: { value: string } }) => set(name, event.currentTarget.value),
    error: describeField(confirm.error, name),
  });
  return (
    <div className={classes.root}>
      <div>
        <h1 className={classes.title} tabIndex={-1}>
          {text('location.title')}
        </h1>
        <p className={classes.lead}>{text(prefilled ? 'location.kept' : 'location.lead')}</p>
      </div>
      <form ref={fields} id={formId} className={classes.fields} onSubmit={submit} noValidate>
        <NativeSelect
          {...field('country')}
          className={classes.wide ?? ''}
          autoComplete="country"
          data={countries}
        />
        {place.country !== home && (
          <p className={classes.abroad} role="status">
            {text('location.abroad', { number: emergencyNumber })}
          </p>
        )}
        <TextInput {...field('province')} required autoComplete="address-level1" />
        <TextInput {...field('city')} required autoComplete="address-level2" />
        <TextInput
          {...field('line')}
          className={classes.wide ?? ''}
          autoComplete="street-address"
        />
        <TextInput
          {...field('phone')}
          className={classes.wide ?? ''}
          required
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          description={text('location.phoneHint')}
        />
      </form>
    </div>
  );
}

/** The one button of LocationStep. */
export function LocationBar({ form }: { form: LocationForm }) {
  const text = useSafetyText();
  const { confirm } = form;
  // What is said beside a field is not said over it again.
  const named = confirm.error instanceof ApiError && confirm.error.fields !== undefined;
  return (
    <div className={classes.bar}>
      {confirm.isError && !named && <InlineError error={confirm.error} />}
      <Button type="submit" form={formId} fullWidth loading={confirm.isPending}>
        {text('location.confirm')}
      </Button>
      <p className="tv-visually-hidden" role="status">
        {confirm.isPending && text('location.sending')}
      </p>
    </div>
  );
}
