import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconDownload,
  IconHelpCircle,
  IconRosetteDiscountCheck,
} from '@tabler/icons-react';
import { ArchiveError } from '../../shared/archive';
import { dayOf, useSentences } from '../../shared/i18n';
import { useErrorDescription } from '../../shared/http';
import { saveFile } from '../../shared/ui';
import classes from './ReceiptLine.module.css';
import { useReceiptText } from './strings';
import { useReceipt } from './useReceipt';

export interface ReceiptLineProps {
  consultationId: string;
  hospitalZone: string | undefined;
}

/** televisit-2026-11-23.tlog-proof: the day on which the visit was closed, where the hospital is. */
export function receiptName(closedAt: Date, zone: string | undefined): string {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `televisit-${dayOf(closedAt, zone ?? here)}.tlog-proof`;
}

/** One quiet line after a visit: that its record is sealed, and the receipt to keep. */
export function ReceiptLine({ consultationId, hospitalZone }: ReceiptLineProps) {
  const text = useReceiptText();
  const { data, error, isFetching, refetch } = useReceipt(consultationId);

  if (data) {
    const { entries, closedAt } = data.receipt;
    return (
      <div className={classes.root} data-testid="receipt" data-state="sealed">
        <IconRosetteDiscountCheck className={classes.mark} data-tone="good" size={22} aria-hidden />
        <div className={classes.words}>
          <p>{text('line.sealed', { count: entries })}</p>
          <p className={classes.why}>{text('line.why')}</p>
        </div>
        <Button
          variant="default"
          className={classes.action}
          leftSection={<IconDownload size={18} aria-hidden />}
          onClick={() => saveFile(receiptName(closedAt, hospitalZone), data.text, 'text/plain')}
        >
          {text('line.keep')}
        </Button>
      </div>
    );
  }
  if (error && !isFetching) {
    const damaged = error instanceof ArchiveError;
    const Mark = damaged ? IconAlertTriangle : IconHelpCircle;
    return (
      <div className={classes.root} role="alert" data-testid="receipt" data-state="failed">
        <Mark className={classes.mark} data-tone={damaged ? 'bad' : 'none'} size={22} aria-hidden />
        <div className={classes.words}>
          <p>{text(damaged ? 'line.damaged' : 'line.failed')}</p>
          <p className={classes.why}>
            {damaged ? text('line.damagedNext') : <Why error={error} />}
          </p>
        </div>
        <Button variant="default" className={classes.action} onClick={() => void refetch()}>
          {text('line.again')}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.root} role="status" data-testid="receipt" data-state="sealing">
      <span className={classes.pulse} aria-hidden />
      <div className={classes.words}>
        <p>{text('line.sealing')}</p>
        <p className={classes.why}>{text('line.why')}</p>
      </div>
    </div>
  );
}

function Why({ error }: { error: Error }) {
  const { what, next } = useErrorDescription(error);
  return useSentences()(what, next);
}
