import { Title } from '@mantine/core';
import { IconClipboardText } from '@tabler/icons-react';
import { StateView } from '../../shared/ui';
import { usePatientText } from './strings';

export function PatientRecords() {
  const text = usePatientText();
  return (
    <>
      <Title order={1}>{text('records.title')}</Title>
      <StateView
        kind="empty"
        icon={IconClipboardText}
        title={text('records.what')}
        detail={text('records.next')}
      />
    </>
  );
}
