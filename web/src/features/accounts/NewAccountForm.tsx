import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import type { components } from '../../protocol/api';
import { describeField, hasCode, http } from '../../shared/http';
import { languageNames, languages, useLanguage } from '../../shared/i18n';
import { useSpecialties } from '../../shared/practitioner';
import { roles, useHospital, useSessionText, useToday } from '../../shared/session';
import { PasswordField, InlineError } from '../../shared/ui';
import {
  emptyDraft,
  hasBirthDate,
  hasProfession,
  mistakesOf,
  mistakeWords,
  requestOf,
  type Field,
  type NewAccount,
} from './draft';
import classes from './NewAccountForm.module.css';
import { useAccountsText } from './strings';

type Account = components['schemas']['AccountView'];

export interface NewAccountFormProps {
  onMade: (made: Account) => void;
  onClose: () => void;
}

/** The form of an account, with the fields of its role. Every mistake is said at once, beside its field. */
export function NewAccountForm({ onMade, onClose }: NewAccountFormProps) {
  const text = useAccountsText();
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('form.title')}
      closeButtonProps={{ 'aria-label': text('form.close') }}
    >
      <Form onMade={onMade} onClose={onClose} />
    </Modal>
  );
}

function Form({ onMade, onClose }: NewAccountFormProps) {
  const text = useAccountsText();
  const roleText = useSessionText();
  const client = useQueryClient();
  const today = useToday();
  const [language] = useLanguage();
  const hospital = useHospital();
  const [draft, setDraft] = useState(emptyDraft);
  const [asked, setAsked] = useState(false);
  // A mistake that the server named is said until its field is changed.
  const [changed, setChanged] = useState<ReadonlySet<Field>>(new Set());

  const make = useMutation({
    mutationFn: (account: NewAccount) => http.post<Account>('/api/accounts', account),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['accounts'] });
      onMade(made);
    },
  });
  const choices = useSpecialties(draft.role === 'doctor');
  const taken = hasCode(make.error, 'account.login_taken');
  const mistakes = mistakesOf(draft, today);

  const errorOf = (field: Field) => {
    const own = asked ? mistakeWords(text, mistakes[field]) : undefined;
    if (own !== undefined || changed.has(field)) return own;
    if (field === 'login' && taken) return text('form.taken');
    return describeField(make.error, field);
  };
  const bind = (field: Field) => ({
    value: draft[field],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDraft((before) => ({ ...before, [field]: value }));
      setChanged((before) => new Set(before).add(field));
    },
    error: errorOf(field),
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    setChanged(new Set());
    if (Object.keys(mistakes).length === 0) make.mutate(requestOf(draft));
  };

  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack gap="md">
        <div className={classes.pair}>
          <NativeSelect
            label={text('form.role')}
            data={roles.map((role) => ({ value: role, label: roleText(`role.${role}`) }))}
            {...bind('role')}
          />
          <NativeSelect
            label={text('form.locale')}
            data={languages.map((value) => ({ value, label: languageNames[value] }))}
            {...bind('locale')}
          />
        </div>
        <TextInput
          label={text('form.name')}
          maxLength={120}
          data-autofocus
          {...bind('display_name')}
        />
        {hasBirthDate(draft.role) && (
          <TextInput
            type="date"
            label={text('form.birthDate')}
            max={today}
            {...bind('birth_date')}
          />
        )}
        {hasProfession(draft.role) && (
          <div className={classes.pair}>
            <TextInput
              label={text('form.jobTitle')}
              placeholder={text('form.jobTitleHint')}
              maxLength={120}
              {...bind('title')}
            />
            {draft.role === 'doctor' ? (
              <NativeSelect
                label={text('form.specialty')}
                data={[
                  { value: '', label: text('form.choose') },
                  ...(choices.data?.specialties ?? []).map(({ code, words }) => ({
                    value: words[hospital?.default_locale ?? 'zh-CN'] ?? code,
                    label: words[language] ?? code,
                  })),
                ]}
                {...bind('specialty')}
              />
            ) : (
              <TextInput label={text('form.specialty')} maxLength={120} {...bind('specialty')} />
            )}
          </div>
        )}
        <TextInput
          label={text('form.login')}
          description={text('form.loginHint')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={120}
          {...bind('login')}
        />
        <PasswordField
          label={text('form.password')}
          description={text('form.passwordHint')}
          autoComplete="new-password"
          maxLength={200}
          {...bind('password')}
        />
        <TextInput
          type="email"
          label={text('form.email')}
          autoComplete="off"
          maxLength={254}
          {...bind('email')}
        />
        {make.isError && !taken && <InlineError error={make.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {text('form.close')}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {text('form.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
