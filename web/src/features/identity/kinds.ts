import {
  IconCircleCheck,
  IconClock,
  IconCornerUpLeft,
  IconId,
  type Icon,
} from '@tabler/icons-react';
import type { components } from '../../protocol/api';

export type Kind = components['schemas']['DocumentKind'];
export type State = components['schemas']['IdentityState'] | 'none';

export const kinds: readonly Kind[] = ['resident-id', 'passport', 'travel-permit'];

/** How each state looks; its word stands beside. */
export const pills: Record<State, { icon: Icon; tone: 'neutral' | 'amber' | 'good' | 'bad' }> = {
  none: { icon: IconId, tone: 'neutral' },
  waiting: { icon: IconClock, tone: 'amber' },
  verified: { icon: IconCircleCheck, tone: 'good' },
  returned: { icon: IconCornerUpLeft, tone: 'bad' },
};
