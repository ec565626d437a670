import type { ReactNode } from 'react';
import { Page } from '../../shared/console';
import { PasskeysList } from './PasskeysList';
import { usePasskeysText } from './strings';

/** The own passkeys as a page of a console, and what else belongs to signing in. */
export function PasskeysPage({ children }: { children?: ReactNode }) {
  const text = usePasskeysText();
  return (
    <Page title={text('page')}>
      <PasskeysList />
      {children}
    </Page>
  );
}
