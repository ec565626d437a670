import { Button, Checkbox, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { describeField, http } from '../../shared/http';
import { languageName, useLanguage } from '../../shared/i18n';
import { InlineError } from '../../shared/ui';
import {
  draftOf,
  mistakesOf,
  requestOf,
  type Draft,
  type Field,
  type Profile,
  type Specialties,
} from './profile';
import classes from './Profile.module.css';
import { useDoctorApprovalText } from './strings';

export interface ProfileFormProps {
  profile: Profile;
  /** Where it is sent; with the institution's consent when the administration edits. */
  address: string;
  withConsent?: boolean;
  /** Fields that are read only; all of them when 'all'. */
  fixed?: readonly Field[] | 'all';
  onSaved: (profile: Profile) => void;
  /** Says whether something was typed that is not saved. */
  onTyping?: (typing: boolean) => void;
}

/** A doctor's profile as a form. Every mistake is said at once, beside its field. */
export function ProfileForm({
  profile,
  address,
  withConsent = false,
  fixed = [],
  onSaved,
  onTyping,
}: ProfileFormProps) {
  const text = useDoctorApprovalText();
  const [language] = useLanguage();
  const [draft, setDraft] = useState<Draft>(() => draftOf(profile));
  const [tried, setTried] = useState(false);
  const { currency } = profile;
  const choices = useQuery({
    queryKey: ['specialties'],
    queryFn: ({ signal }) => http.get<Specialties>('/api/specialties', { signal }),
    staleTime: Infinity,
  });
  const save = useMutation({
    mutationFn: () =>
      http.post<Profile>(address, {
        ...requestOf(draft, currency),
        ...(withConsent ? { consent_on_file: draft.consent_on_file } : {}),
      }),
    onSuccess: (saved) => {
      setDraft(draftOf(saved));
      onTyping?.(false);
      onSaved(saved);
    },
  });
  const mistakes = mistakesOf(draft, currency);
  const errorOf = (field: Field) => {
    const own = tried ? mistakes[field] : undefined;
    return own === undefined ? describeField(save.error, field) : text(own);
  };
  const isFixed = (field: Field) => fixed === 'all' || fixed.includes(field);
  const change = (changed: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...changed }));
    onTyping?.(true);
    if (!save.isPending) save.reset();
  };
  const bind = (field: Exclude<Field, 'languages' | 'consent_on_file'>) => ({
    value: draft[field],
    error: errorOf(field),
    disabled: isFixed(field),
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ [field]: event.currentTarget.value }),
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(mistakes).length === 0) save.mutate();
  };

  return (
    <form onSubmit={submit} noValidate autoComplete="off" className={classes.form}>
      <div className={classes.pair}>
        <TextInput label={text('field.title')} maxLength={120} {...bind('title')} />
        <NativeSelect
          label={text('field.specialty')}
          data={[
            { value: '', label: text('choose') },
            ...(choices.data?.specialties ?? []).map(({ code, words }) => ({
              value: code,
              label: words[language] ?? code,
            })),
          ]}
          {...bind('specialty')}
        />
        <TextInput
          label={text('field.licence_number')}
          maxLength={40}
          spellCheck={false}
          {...bind('licence_number')}
        />
        <TextInput
          label={text('field.fee_minor', { currency })}
          inputMode="decimal"
          maxLength={12}
          {...bind('fee_minor')}
        />
      </div>
      <TextInput
        label={text('field.practising_since')}
        description={text('years')}
        inputMode="numeric"
        maxLength={4}
        {...bind('practising_since')}
      />
      <Checkbox.Group
        label={text('field.languages')}
        value={draft.languages}
        onChange={(languages) => change({ languages })}
        error={errorOf('languages')}
      >
        <div className={classes.languages}>
          {(choices.data?.languages ?? draft.languages).map((code) => (
            <Checkbox
              key={code}
              value={code}
              label={languageName(code, language)}
              disabled={isFixed('languages')}
            />
          ))}
        </div>
      </Checkbox.Group>
      <Textarea
        label={text('field.biography_zh')}
        description={text('optional')}
        lang="zh-CN"
        autosize
        minRows={3}
        maxLength={2000}
        {...bind('biography_zh')}
      />
      <Textarea
        label={text('field.biography_en')}
        description={text('optional')}
        lang="en"
        autosize
        minRows={3}
        maxLength={2000}
        {...bind('biography_en')}
      />
      {withConsent && (
        <Checkbox
          label={text('field.consent_on_file')}
          checked={draft.consent_on_file}
          error={errorOf('consent_on_file')}
          onChange={(event) => change({ consent_on_file: event.currentTarget.checked })}
        />
      )}
      {save.isError && <InlineError error={save.error} />}
      {fixed !== 'all' && (
        <Group gap="sm">
          <Button type="submit" loading={save.isPending}>
            {text('save')}
          </Button>
          <span role="status" className={classes.quiet}>
            {save.isSuccess && text('saved')}
          </span>
        </Group>
      )}
    </form>
  );
}
