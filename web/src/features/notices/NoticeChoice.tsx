import { Button, Card, NativeSelect, Radio, Stack, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import type { components } from '../../protocol/api';
import { http } from '../../shared/http';
import { languageNames, languages, useLanguage } from '../../shared/i18n';
import { InlineError, StateView } from '../../shared/ui';
import classes from './NoticeChoice.module.css';
import { useNoticesText } from './strings';
import { zoneName, zonesOf } from './zones';

type Known = components['schemas']['NoticePreferencesView'];
type Wanted = components['schemas']['NewNoticePreferences'];

const queryKey = ['notice-preferences'];
const usual = 'usual';
const choices = [usual, 'email', 'sms', 'both'] as const;

/** How the patient wants to be told of visits: by what, in which language and zone, reminded or not. */
export function NoticeChoice() {
  const text = useNoticesText();
  const known = useQuery({
    queryKey,
    queryFn: ({ signal }) => http.get<Known>('/api/notice-preferences', { signal }),
    refetchOnWindowFocus: false,
  });
  if (known.isPending) return <StateView kind="loading" shape="card" />;
  if (known.isError) {
    return (
      <StateView
        kind="error"
        error={known.error}
        safe={text('safe')}
        onRetry={() => void known.refetch()}
      />
    );
  }
  return <Form known={known.data} />;
}

function Form({ known }: { known: Known }) {
  const text = useNoticesText();
  const [language] = useLanguage();
  const client = useQueryClient();
  const [wanted, setWanted] = useState<Wanted>(known.wanted);
  const save = useMutation({
    mutationFn: () => http.post<Known>('/api/notice-preferences', wanted),
    onSuccess: (kept) => client.setQueryData(queryKey, kept),
  });
  const change = (part: Partial<Wanted>) => {
    setWanted((before) => ({ ...before, ...part }));
    save.reset();
  };
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const { email, phone } = known;
  const missing =
    email === null ? (phone === null ? 'all' : 'email') : phone === null ? 'sms' : null;

  return (
    <Card component="form" onSubmit={send} aria-label={text('title')}>
      <Stack gap="lg">
        {missing === null ? (
          <Radio.Group
            label={text('how')}
            description={text('usualIs', { address: email ?? '' })}
            value={wanted.way ?? usual}
            onChange={(way) => change({ way: way === usual ? null : way })}
          >
            <Stack gap={4} className={classes.ways}>
              {choices.map((way) => (
                <Radio
                  key={way}
                  value={way}
                  size="md"
                  className={classes.way}
                  label={text(`way.${way}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
        ) : (
          <div>
            <h2 className={classes.head}>{text('how')}</h2>
            {missing === 'all' ? (
              <p role="alert">{text('nowhere')}</p>
            ) : (
              <>
                <p>{text(`only.${missing}`, { address: email ?? phone ?? '' })}</p>
                <p className={classes.quiet}>{text(`noOther.${missing}`)}</p>
              </>
            )}
          </div>
        )}
        <div>
          <Switch
            size="md"
            className={classes.way}
            label={text('reminders')}
            checked={wanted.reminders}
            onChange={(event) => change({ reminders: event.currentTarget.checked })}
          />
          <p className={classes.quiet}>{text('remindersHint')}</p>
        </div>
        <NativeSelect
          label={text('language')}
          value={wanted.locale ?? usual}
          onChange={({ currentTarget: { value } }) =>
            change({ locale: value === usual ? null : (value as Wanted['locale']) })
          }
          data={[
            {
              value: usual,
              label: text('languageUsual', { language: languageNames[known.account_locale] }),
            },
            ...languages.map((value) => ({ value, label: languageNames[value] })),
          ]}
        />
        <NativeSelect
          label={text('zone')}
          value={wanted.time_zone ?? known.hospital_time_zone}
          onChange={({ currentTarget: { value } }) =>
            change({ time_zone: value === known.hospital_time_zone ? null : value })
          }
          data={zonesOf(known.hospital_time_zone, known.wanted.time_zone).map(
            ({ zone, whose }) => ({
              value: zone,
              label:
                whose === null
                  ? zoneName(zone, language)
                  : text('zoneOption', { zone: zoneName(zone, language), whose: text(whose) }),
            }),
          )}
        />
        <p className={classes.quiet}>{text('quiet')}</p>
        {save.isError && <InlineError error={save.error} />}
        <Button type="submit" loading={save.isPending}>
          {text('save')}
        </Button>
        <p className={classes.said} role="status">
          {save.isSuccess && text('saved')}
        </p>
      </Stack>
    </Card>
  );
}
