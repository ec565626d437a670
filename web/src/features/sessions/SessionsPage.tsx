import { Page } from '../../shared/console';
import { SessionsList } from './SessionsList';
import { useSessionsText } from './strings';

/** The own open sessions as a page of a console. */
export function SessionsPage() {
  const text = useSessionsText();
  return (
    <Page title={text('title')} lead={text('lead')}>
      <SessionsList />
    </Page>
  );
}
