import { Title } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useAccount } from '../../shared/session';
import { StateView } from '../../shared/ui';
import { usePatientText } from './strings';

export function PatientHome() {
  const account = useAccount();
  const text = usePatientText();
  return (
    <>
      <Title order={1}>{text('home.greeting', { name: account.display_name })}</Title>
      <StateView
        kind="empty"
        icon={IconCalendar}
        title={text('home.what')}
        detail={text('home.next')}
      />
    </>
  );
}
