import { IconMapOff } from '@tabler/icons-react';
import { homeOf, useSession } from '../session';
import { StateView } from '../ui';
import { DemoBanner } from './DemoBanner';
import { LanguageSwitch } from './LanguageSwitch';
import classes from './PageShell.module.css';
import { useShellText } from './strings';
import { usePageTitle } from './usePageTitle';
import { Wordmark } from './Wordmark';

/** An address that leads nowhere, with the way back to one's own start page. */
export function NotFound() {
  const { state } = useSession();
  const text = useShellText();
  usePageTitle(text('notFound.what'));
  const home = state.status === 'signed_in' ? homeOf[state.account.role] : '/';
  return (
    <div className={classes.root}>
      <DemoBanner />
      <header className={classes.header}>
        <Wordmark />
        <LanguageSwitch />
      </header>
      <main className={classes.main}>
        <StateView
          kind="empty"
          first
          icon={IconMapOff}
          title={text('notFound.what')}
          detail={text('notFound.next')}
          action={{ label: text('notFound.home'), to: home }}
        />
      </main>
    </div>
  );
}
