import { IconWifi } from '@tabler/icons-react';
import { CheckLine, type CheckState } from './CheckLine';
import { useNetworkSpeed, type NetworkSpeed, type Probe } from './networkSpeed';
import { useReadyText } from './strings';

const marks: Record<NetworkSpeed, CheckState> = {
  measuring: 'busy',
  good: 'good',
  fair: 'good',
  slow: 'attention',
  lost: 'attention',
};
const explained = ['fair', 'slow', 'lost'] as const;

/** The network in words: people do not know milliseconds. */
export function NetworkLine({ probe }: { probe: Probe | undefined }) {
  const text = useReadyText();
  const speed = useNetworkSpeed(probe);
  const help = explained.find((one) => one === speed);
  return (
    <CheckLine
      icon={IconWifi}
      name={text('network.name')}
      state={marks[speed]}
      word={text(`network.${speed}`)}
    >
      {help && <p>{text(`network.help.${help}`)}</p>}
    </CheckLine>
  );
}
