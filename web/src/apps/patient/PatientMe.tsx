import { Button, Card, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { IdentityCard } from '../../features/identity';
import { PasskeysList } from '../../features/passkeys';
import { SessionsList } from '../../features/sessions';
import { languageNames, languages, useLanguage, type Language } from '../../shared/i18n';
import { useAccount, useSession } from '../../shared/session';
import { SchemeChoice, usePageTitle } from '../../shared/shell';
import { Avatar, InlineError, PlaceList, PlaceRow } from '../../shared/ui';
import { familyPath } from './paths';
import classes from './sections.module.css';
import { usePatientText } from './strings';

const places = [
  [familyPath, 'me.family'],
  ['/me/notices', 'me.notices'],
  ['/me/payments', 'me.payments'],
  ['/me/readers', 'me.readers'],
] as const;

export function PatientMe() {
  const account = useAccount();
  const { logout } = useSession();
  const leaving = useMutation({ mutationFn: logout });
  const [language, chooseLanguage] = useLanguage();
  const text = usePatientText();
  usePageTitle(text('me.title'));

  return (
    <Stack gap="lg">
      <Title order={1}>{text('me.title')}</Title>
      <Card>
        <Group wrap="nowrap">
          <Avatar name={account.display_name} size={72} />
          <div>
            <Text fw={600}>{account.display_name}</Text>
            <Text c="dimmed" size="sm">
              {text('me.account')} {account.login}
            </Text>
          </div>
        </Group>
      </Card>
      <IdentityCard />
      <Card>
        <Stack>
          <NativeSelect
            label={text('me.language')}
            value={language}
            onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
            data={languages.map((value) => ({ value, label: languageNames[value] }))}
          />
          <SchemeChoice />
        </Stack>
      </Card>
      <PlaceList>
        {places.map(([to, key]) => (
          <PlaceRow key={to} to={to}>
            {text(key)}
          </PlaceRow>
        ))}
      </PlaceList>
      <PasskeysList />
      <section aria-labelledby="devices">
        <h2 id="devices" className={classes.heading}>
          {text('me.devices')}
        </h2>
        <p className={classes.lead}>{text('me.devicesLead')}</p>
        <SessionsList />
      </section>
      {leaving.isError && <InlineError error={leaving.error} />}
      <Button
        variant="default"
        leftSection={<IconLogout size={20} aria-hidden />}
        loading={leaving.isPending}
        onClick={() => leaving.mutate()}
      >
        {text('me.signOut')}
      </Button>
    </Stack>
  );
}
