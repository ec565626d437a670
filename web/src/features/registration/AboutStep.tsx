import { Button, Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { Link, useLocation } from 'react-router';
import type { components } from '../../protocol/api';
import { describeField, hasCode, http } from '../../shared/http';
import { languageNames, languages, useLanguage, type Language } from '../../shared/i18n';
import { signInPath, useSession, useToday, type SessionAnswer } from '../../shared/session';
import { PasswordField, InlineError, StateView } from '../../shared/ui';
import { emptyDraft, fieldsInOrder, mistakesOf, type Draft, type Field } from './draft';
import { PrivacyNotice } from './PrivacyNotice';
import { useRegistrationText } from './strings';

type NewPatientAccount = components['schemas']['NewPatientAccount'];
type Notice = components['schemas']['PrivacyNoticeView'];

export interface AboutStepProps {
  id: string;
  ticket: string;
  onAgain: () => void;
  /** The account is made: nothing is left to come back to. */
  onDone: () => void;
}

/** The last step: who it is. Every mistake is said at once; the first one gets the focus. */
export function AboutStep({ id, ticket, onAgain, onDone }: AboutStepProps) {
  const [language] = useLanguage();
  const notice = useQuery({
    queryKey: ['privacy-notice', language],
    queryFn: ({ signal }) =>
      http.get<Notice>('/api/privacy-notice', { query: { locale: language }, signal }),
  });
  if (notice.isPending) return <StateView kind="loading" shape="form" />;
  if (notice.isError) {
    return <StateView kind="error" error={notice.error} onRetry={() => void notice.refetch()} />;
  }
  return <Form id={id} ticket={ticket} onAgain={onAgain} onDone={onDone} notice={notice.data} />;
}

function Form({ id, ticket, onAgain, onDone, notice }: AboutStepProps & { notice: Notice }) {
  const text = useRegistrationText();
  const { enter } = useSession();
  // Where one wanted to go when one was asked who one is.
  const { search } = useLocation();
  const today = useToday();
  const [language] = useLanguage();
  const [draft, setDraft] = useState<Draft>({ ...emptyDraft, locale: language });
  // The digest of what was agreed to: another language's words are to be agreed to anew.
  const [agreed, setAgreed] = useState<string>();
  const [asked, setAsked] = useState(false);
  // A mistake that the server named is said until its field is changed.
  const [changed, setChanged] = useState<ReadonlySet<Field>>(new Set());
  const form = useRef<HTMLFormElement>(null);

  const make = useMutation({
    mutationFn: async (account: NewPatientAccount) => {
      const answer = await http.post<SessionAnswer>(`/api/registrations/${id}/account`, account);
      // Before entering, which leaves this page.
      onDone();
      return enter(answer);
    },
  });
  const mistakes = mistakesOf(draft, today, agreed === notice.digest);
  const errorOf = (field: Field) => {
    const own = asked ? mistakes[field] : undefined;
    if (own !== undefined) return text(own);
    return changed.has(field) ? undefined : describeField(make.error, field);
  };
  const bind = (field: Exclude<Field, 'notice_digest'>) => ({
    name: field,
    value: draft[field],
    error: errorOf(field),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setDraft((before) => ({ ...before, [field]: value }));
      setChanged((before) => new Set(before).add(field));
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    setChanged(new Set());
    const first = fieldsInOrder.find((field) => mistakes[field] !== undefined);
    if (first !== undefined) {
      form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    make.mutate({
      ...draft,
      display_name: draft.display_name.trim(),
      locale: draft.locale as Language,
      ticket,
      notice_version: notice.version,
      notice_digest: notice.digest,
    });
  };
  const over = hasCode(make.error, 'code.void') || hasCode(make.error, 'registration.taken');
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={text('about.name')}
          description={text('about.nameHint')}
          autoComplete="name"
          autoFocus
          maxLength={120}
          {...bind('display_name')}
        />
        <TextInput
          type="date"
          label={text('about.birthDate')}
          autoComplete="bday"
          max={today}
          {...bind('birth_date')}
        />
        <PasswordField
          label={text('about.password')}
          description={text('about.passwordHint')}
          autoComplete="new-password"
          maxLength={200}
          {...bind('password')}
        />
        <NativeSelect
          label={text('about.language')}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          {...bind('locale')}
        />
        <PrivacyNotice notice={notice} />
        <Checkbox
          name="notice_digest"
          radius={4}
          label={text('about.agree')}
          checked={agreed === notice.digest}
          onChange={(event) => setAgreed(event.currentTarget.checked ? notice.digest : undefined)}
          error={errorOf('notice_digest')}
        />
        {make.isError && <InlineError error={make.error} />}
        {hasCode(make.error, 'registration.taken') && (
          <Button component={Link} to={signInPath + search} fullWidth>
            {text('register.signIn')}
          </Button>
        )}
        {over ? (
          <Button variant="default" fullWidth onClick={onAgain}>
            {text('startAgain')}
          </Button>
        ) : (
          <Button type="submit" fullWidth loading={make.isPending}>
            {text('about.next')}
          </Button>
        )}
      </Stack>
    </form>
  );
}
