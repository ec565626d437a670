import { Card, NativeSelect, Text, Title } from '@mantine/core';
import { SessionsList } from '../../features/sessions';
import { Page } from '../../shared/console';
import { languageNames, languages, useLanguage, type Language } from '../../shared/i18n';
import { useAccount, useSessionText } from '../../shared/session';
import { SchemeChoice } from '../../shared/shell';
import { Avatar } from '../../shared/ui';
import classes from './PharmacistHome.module.css';
import { usePharmacistText } from './strings';

/** The pharmacist's account. There is no work for the pharmacy here, and the page says so. */
export function PharmacistHome() {
  const account = useAccount();
  const text = usePharmacistText();
  const roleText = useSessionText();
  const [language, chooseLanguage] = useLanguage();
  return (
    <Page title={text('home.title')} lead={text('home.lead')}>
      <div className={classes.cards}>
        <Card className={classes.person}>
          <Avatar name={account.display_name} size={72} />
          <div>
            <Text fw={600}>{account.display_name}</Text>
            <Text c="dimmed">{roleText(`role.${account.role}`)}</Text>
            <Text c="dimmed">
              {text('home.login')} {account.login}
            </Text>
          </div>
        </Card>
        <Card className={classes.choices}>
          <NativeSelect
            label={text('home.language')}
            value={language}
            onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
            data={languages.map((value) => ({ value, label: languageNames[value] }))}
          />
          <SchemeChoice />
        </Card>
      </div>
      <section className={classes.sessions}>
        <Title order={2}>{text('home.sessions')}</Title>
        <SessionsList />
      </section>
    </Page>
  );
}
