import { Button, Checkbox, Group, Modal, Stack, Textarea } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyText } from '../../shared/console';
import { describeField, http } from '../../shared/http';
import { InlineError, saveFile } from '../../shared/ui';
import classes from './Dialogs.module.css';
import { useReplayText } from './strings';

export interface ExportDialogProps {
  opened: boolean;
  consultationId: string;
  /** Pictures and documents in the record. */
  files: number;
  onClose: () => void;
}

/** Making a pack reads every body and every proof, which takes its time for a long visit. */
const packTimeoutMs = 120_000;

/** Short enough for a command line; the end of an id differs between visits of one day. */
export const packName = (consultationId: string) =>
  `televisit-evidence-${consultationId.slice(-12)}.zip`;

export const commandsFor = (pack: string) => [
  'python3 -m pip install cryptography',
  `python3 -m zipfile -e ${pack} pack`,
  `python3 pack/verify.pyz ${pack} --log-key 'LOG KEY' --witness 'WITNESS KEY'`,
];

/** Exports the evidence pack, for a reason that is kept, and says how it is verified elsewhere. */
export function ExportDialog({ opened, onClose, consultationId, files }: ExportDialogProps) {
  const text = useReplayText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={680}
      title={text('export.title')}
      closeButtonProps={{ 'aria-label': text('keys.close') }}
    >
      <Export consultationId={consultationId} files={files} />
    </Modal>
  );
}

function Export({ consultationId, files }: Pick<ExportDialogProps, 'consultationId' | 'files'>) {
  const text = useReplayText();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const [withFiles, setWithFiles] = useState(true);
  const pack = packName(consultationId);
  const exporting = useMutation({
    mutationFn: async () => {
      const path = `/api/archive/consultations/${encodeURIComponent(consultationId)}/pack`;
      const bytes = await http.bytes(path, {
        query: { reason: reason.trim(), ...(files > 0 && withFiles && { files: true }) },
        timeoutMs: packTimeoutMs,
      });
      saveFile(pack, bytes, 'application/zip');
    },
  });
  const empty = reason.trim() === '';
  const said = describeField(exporting.error, 'reason');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (!empty) exporting.mutate();
      }}
    >
      <Stack gap="lg">
        <p>{text('export.what')}</p>
        <Textarea
          label={text('export.reason')}
          description={text('export.reasonKept')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={asked && empty ? text('export.reasonMissing') : said}
          maxLength={500}
          autosize
          minRows={2}
          classNames={{ description: classes.small ?? '' }}
          data-autofocus
        />
        {files > 0 && (
          <Checkbox
            label={text('export.files', { count: files })}
            description={text(withFiles ? 'export.filesIn' : 'export.filesOut')}
            checked={withFiles}
            onChange={(event) => setWithFiles(event.currentTarget.checked)}
            classNames={{ description: classes.small ?? '' }}
          />
        )}
        {exporting.isError && said === undefined && <InlineError error={exporting.error} />}
        <Group justify="flex-end">
          <Button
            type="submit"
            leftSection={<IconFileZip size={18} aria-hidden />}
            loading={exporting.isPending}
          >
            {text('export.do')}
          </Button>
        </Group>
        {exporting.isSuccess && <p role="status">{text('export.done', { pack })}</p>}
        <section aria-labelledby="how-to-verify">
          <h3 id="how-to-verify" className={classes.heading}>
            {text('export.verify')}
          </h3>
          <p className={classes.lead}>{text('export.verifyHow')}</p>
          <ol className={classes.commands}>
            {commandsFor(pack).map((command, index) => (
              <li key={command}>
                <CopyText value={command} what={text('export.command', { number: index + 1 })} />
              </li>
            ))}
          </ol>
        </section>
      </Stack>
    </form>
  );
}
