import { Modal } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { SessionsList } from '../../features/sessions';
import { useDoctorText } from './strings';

const parameter = 'sessions';

/** Where the account's menu leads from any of the console's pages: beside a call, which goes on. */
export const sessionsPlace = `?${parameter}`;

/** The own open sessions, in front of the console: a page of their own would end the call. */
export function SessionsDialog() {
  const text = useDoctorText();
  const [parameters, setParameters] = useSearchParams();
  const close = () =>
    setParameters(
      (all) => {
        all.delete(parameter);
        return all;
      },
      { replace: true },
    );
  return (
    <Modal
      opened={parameters.has(parameter)}
      onClose={close}
      size="lg"
      title={text('sessions')}
      closeButtonProps={{ 'aria-label': text('help.close') }}
    >
      <SessionsList />
    </Modal>
  );
}
