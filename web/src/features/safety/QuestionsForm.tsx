import { Button, Checkbox } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import { useState, type SyntheticEvent } from 'react';
import { describeField, hasCode } from '../../shared/http';
import { useLanguage } from '../../shared/i18n';
import { InlineError } from '../../shared/ui';
import classes from './QuestionsForm.module.css';
import { useSafetyText } from './strings';
import { useAnswer, type VisitSafety } from './useSafety';

/** Joins the list with its button, which can stand in another part of the page. */
const formId = 'safety-questions';

export interface Questions {
  asked: VisitSafety['questions'];
  chosen: readonly string[];
  toggle: (id: string) => void;
  answer: ReturnType<typeof useAnswer>;
  submit: (event: SyntheticEvent) => void;
}

/** The questions while they are answered; none before they are known. `onDone`: the answer is in the record. */
export function useQuestions(
  consultationId: string,
  safety: VisitSafety | undefined,
  onDone?: (flags: string[]) => void,
): Questions {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const answer = useAnswer(consultationId);
  const asked = safety?.questions ?? [];
  const flags = asked.map(({ id }) => id).filter((id) => chosen.includes(id));
  return {
    asked,
    chosen: flags,
    toggle: (id) =>
      setChosen((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id])),
    answer,
    submit: (event) => {
      event.preventDefault();
      if (answer.isPending || safety === undefined) return;
      answer.mutate({ version: safety.version, flags }, { onSuccess: () => onDone?.(flags) });
    },
  };
}

/** The list. Enter in it sends, so that nobody has to walk through all of it by keyboard. */
export function QuestionsList({ questions }: { questions: Questions }) {
  const text = useSafetyText();
  const [language] = useLanguage();
  const chinese = language === 'zh-CN';
  const { asked, chosen, toggle, submit } = questions;
  return (
    <form
      id={formId}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        event.currentTarget.requestSubmit();
      }}
    >
      <fieldset className={classes.list}>
        <legend className="tv-visually-hidden">{text('questions.group')}</legend>
        {asked.map((question) => (
          <Checkbox
            key={question.id}
            size="md"
            className={classes.question ?? ''}
            data-chosen={chosen.includes(question.id) || undefined}
            checked={chosen.includes(question.id)}
            onChange={() => toggle(question.id)}
            label={chinese ? question.zh : question.en}
            description={
              chosen.includes(question.id)
                ? chinese
                  ? question.zh_advice
                  : question.en_advice
                : undefined
            }
          />
        ))}
      </fieldset>
    </form>
  );
}

export interface QuestionsBarProps {
  questions: Questions;
  /** As useEmergencyNumber says it. */
  emergencyNumber: string;
  /** While waiting, rather than before it. */
  again?: boolean;
}

/** The one button, and above it, from the first tick on, the way to help. */
export function QuestionsBar({ questions, emergencyNumber, again = false }: QuestionsBarProps) {
  const text = useSafetyText();
  const { answer, chosen } = questions;
  const urgent = chosen.length > 0;
  const outdated =
    hasCode(answer.error, 'input.invalid') && describeField(answer.error, 'version') !== undefined;
  const label = urgent
    ? text(again ? 'questions.tellNow' : 'questions.tell')
    : text(again ? 'questions.noneNow' : 'questions.none');
  return (
    <div className={classes.bar}>
      <div role="alert" className={classes.urgent} data-shown={urgent || undefined}>
        {urgent && (
          <p>
            {emergencyNumber === ''
              ? text('questions.urgentAbroad')
              : text('questions.urgent', { number: emergencyNumber })}
          </p>
        )}
      </div>
      {urgent && emergencyNumber !== '' && (
        <Button
          component="a"
          href={`tel:${emergencyNumber}`}
          color="bad"
          fullWidth
          leftSection={<IconPhone size={22} aria-hidden />}
        >
          {text('questions.call', { number: emergencyNumber })}
        </Button>
      )}
      {answer.isError &&
        (outdated ? (
          <p role="alert">{text('questions.changed')}</p>
        ) : (
          <InlineError error={answer.error} />
        ))}
      <Button
        type="submit"
        form={formId}
        fullWidth
        variant={urgent ? 'default' : 'filled'}
        loading={answer.isPending}
      >
        {label}
      </Button>
      {urgent && <p className={classes.choice}>{text('questions.choice')}</p>}
      <p className="tv-visually-hidden" role="status">
        {answer.isPending && text('questions.sending')}
      </p>
    </div>
  );
}
