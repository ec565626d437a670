import { Button, Modal, Stack } from '@mantine/core';
import { IconMoodSick } from '@tabler/icons-react';
import { useState } from 'react';
import { QuestionsBar, QuestionsList, useQuestions } from './QuestionsForm';
import { useSafetyText } from './strings';
import type { VisitSafety } from './useSafety';

export interface FeelWorseProps {
  consultationId: string;
  safety: VisitSafety;
  emergencyNumber: string;
}

/** The questions again while one waits; the place in the queue stays. */
export function FeelWorse(props: FeelWorseProps) {
  const text = useSafetyText();
  const [opened, setOpened] = useState(false);
  const [told, setTold] = useState<'told' | 'cleared'>();
  return (
    <>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconMoodSick size={22} aria-hidden />}
        onClick={() => {
          setTold(undefined);
          setOpened(true);
        }}
      >
        {text('worse.open')}
      </Button>
      <p role="status">{told && text(`worse.${told}`)}</p>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={text('worse.title')}
        closeButtonProps={{ 'aria-label': text('worse.close') }}
      >
        <Again
          {...props}
          onDone={(flags) => {
            setTold(flags.length > 0 ? 'told' : 'cleared');
            setOpened(false);
          }}
        />
      </Modal>
    </>
  );
}

function Again({
  consultationId,
  safety,
  emergencyNumber,
  onDone,
}: FeelWorseProps & { onDone: (flags: string[]) => void }) {
  const text = useSafetyText();
  const questions = useQuestions(consultationId, safety, onDone);
  return (
    <Stack>
      <p>{text('questions.again')}</p>
      <QuestionsList questions={questions} />
      <QuestionsBar questions={questions} emergencyNumber={emergencyNumber} again />
    </Stack>
  );
}
