import { Button, Modal, Stack } from '@mantine/core';
import { useFormat } from '../../shared/i18n';
import type { LinkSample, LinkState } from '../../shared/live';
import { QualityBars } from '../../shared/ui';
import classes from './ConnectionDialog.module.css';
import { useCallText } from './strings';

export interface ConnectionDialogProps {
  opened: boolean;
  onClose: () => void;
  link: LinkState;
}

/** The last second in figures, for who wants to know and for telling support. */
export function ConnectionDialog({ opened, onClose, link }: ConnectionDialogProps) {
  const text = useCallText();
  const { sample, quality, theirQuality } = link;
  return (
    <Modal opened={opened} onClose={onClose} title={text('details.title')} withCloseButton={false}>
      <Stack gap="md">
        {sample && quality ? (
          <dl className={classes.list}>
            <dt>{text('details.quality')}</dt>
            <dd>
              <QualityBars quality={quality} />
            </dd>
            {theirQuality && (
              <>
                <dt>{text('details.theirs')}</dt>
                <dd>
                  <QualityBars quality={theirQuality} />
                </dd>
              </>
            )}
            <Figures sample={sample} />
          </dl>
        ) : (
          <p className={classes.none}>{text('details.none')}</p>
        )}
        <Button onClick={onClose}>{text('details.close')}</Button>
      </Stack>
    </Modal>
  );
}

function Figures({ sample }: { sample: LinkSample }) {
  const text = useCallText();
  const format = useFormat();
  const whole = (value: number) => format.number(value, { maximumFractionDigits: 0 });
  const { frameWidth: width, frameHeight: height, roundTripMs, path } = sample;
  const protocol = sample.protocol?.toUpperCase() ?? '';
  const fps = whole(sample.framesPerSecond);
  const rows: [label: string, value: string][] = [];
  if (width !== null && height !== null) {
    rows.push([text('details.picture'), text('details.size', { width, height, fps })]);
  }
  if (roundTripMs !== null) {
    rows.push([text('details.roundTrip'), text('details.ms', { ms: whole(roundTripMs) })]);
  }
  if (sample.loss !== null) {
    const loss = format.number(sample.loss, { style: 'percent', maximumFractionDigits: 1 });
    rows.push([text('details.loss'), loss]);
  }
  rows.push(
    [text('details.receiving'), text('details.rate', { rate: whole(sample.kbitInPerSecond) })],
    [text('details.sending'), text('details.rate', { rate: whole(sample.kbitOutPerSecond) })],
  );
  if (path) rows.push([text('details.path'), text(`details.${path}`, { protocol })]);
  return rows.map(([label, value]) => (
    <div key={label} className={classes.row}>
      <dt>{label}</dt>
      <dd className="tv-tabular">{value}</dd>
    </div>
  ));
}
