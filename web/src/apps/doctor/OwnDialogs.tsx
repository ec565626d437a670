import { Modal } from '@mantine/core';
import { useSearchParams } from 'react-router';
import { OwnVisits } from '../../features/appointment-changes';
import { PasskeysList } from '../../features/passkeys';
import { OwnProfile } from '../../features/doctor-approval';
import { RecoveryPanel } from '../../features/second-factor';
import { OwnLeave } from '../../features/schedule-editor';
import { useDoctorText } from './strings';

/** Where the account's menu leads from any of the console's pages: beside a call, which goes on. */
export const profilePlace = '?profile';
export const leavePlace = '?leave';
export const visitsPlace = '?visits';
export const signingInPlace = '?signingIn';

/** The doctor's own profile, leave and coming visits, in front of the console: a page of their own would end the call. */
export function OwnDialogs() {
  const text = useDoctorText();
  const [parameters, setParameters] = useSearchParams();
  const shown = (['profile', 'leave', 'visits', 'signingIn'] as const).find((one) =>
    parameters.has(one),
  );
  const close = () =>
    setParameters(
      (all) => {
        if (shown) all.delete(shown);
        return all;
      },
      { replace: true },
    );
  return (
    <Modal
      opened={shown !== undefined}
      onClose={close}
      size="lg"
      title={shown && text(shown)}
      closeButtonProps={{ 'aria-label': text('help.close') }}
    >
      {shown === 'profile' && <OwnProfile />}
      {shown === 'leave' && <OwnLeave />}
      {shown === 'visits' && <OwnVisits />}
      {shown === 'signingIn' && (
        <>
          <PasskeysList />
          <RecoveryPanel />
        </>
      )}
    </Modal>
  );
}
