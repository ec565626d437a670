import { QuestionsList, type Questions } from './QuestionsForm';
import classes from './SafetyStep.module.css';
import { useSafetyText } from './strings';

/** Before the waiting room: is it an emergency. Its button is QuestionsBar. */
export function SafetyStep({ questions }: { questions: Questions }) {
  const text = useSafetyText();
  return (
    <div className={classes.root}>
      <div>
        <h1 className={classes.title} tabIndex={-1}>
          {text('questions.title')}
        </h1>
        <p className={classes.lead}>{text('questions.lead')}</p>
      </div>
      <QuestionsList questions={questions} />
    </div>
  );
}
