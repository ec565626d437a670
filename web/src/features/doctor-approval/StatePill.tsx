import {
  IconArrowBackUp,
  IconBan,
  IconCircleCheck,
  IconHourglass,
  IconPencil,
} from '@tabler/icons-react';
import { StatusPill, type StatusPillProps } from '../../shared/ui';
import type { ProfileState } from './profile';
import { useDoctorApprovalText } from './strings';

const looks: Record<ProfileState, Pick<StatusPillProps, 'icon' | 'tone'>> = {
  draft: { icon: IconPencil },
  submitted: { icon: IconHourglass, tone: 'amber' },
  approved: { icon: IconCircleCheck, tone: 'good' },
  returned: { icon: IconArrowBackUp },
  suspended: { icon: IconBan, tone: 'bad' },
};

export function StatePill({ state }: { state: ProfileState }) {
  const text = useDoctorApprovalText();
  return <StatusPill {...looks[state]}>{text(`state.${state}`)}</StatusPill>;
}
