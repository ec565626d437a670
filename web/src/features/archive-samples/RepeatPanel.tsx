import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { CopyText } from '../../shared/console';
import { InlineError, saveFile, StatusPill } from '../../shared/ui';
import { readPopulation, type SampleView } from './samples';
import classes from './Samples.module.css';
import { useSamplesText } from './strings';

/** Everything that somebody needs who wants to draw the sample again. */
export function RepeatPanel({ view }: { view: SampleView }) {
  const text = useSamplesText();
  const { sample, population_now: now, same_population: same } = view;
  const save = useMutation({
    mutationFn: () => readPopulation(sample.id),
    onSuccess: (population) =>
      saveFile(
        `population-${sample.id}.json`,
        `${JSON.stringify(population)}\n`,
        'application/json',
      ),
  });
  return (
    <section className={classes.repeat} aria-labelledby="sample-repeat">
      <h2 id="sample-repeat" className={classes.heading}>
        {text('repeat')}
      </h2>
      <p className={classes.quiet}>{text('repeatHow')}</p>
      <dl className={classes.facts}>
        <dt>{text('seed')}</dt>
        <dd>
          <CopyText value={sample.seed} what={text('seed')} />
        </dd>
        <dt>{text('wanted')}</dt>
        <dd>{sample.wanted}</dd>
        <dt>{text('population')}</dt>
        <dd>{text('populationOf', { count: sample.population })}</dd>
        <dt>{text('digest')}</dt>
        <dd>
          <CopyText value={sample.population_sha256} what={text('digest')} />
        </dd>
      </dl>
      <div className={classes.repeatFoot}>
        {same ? (
          <StatusPill icon={IconCircleCheck} tone="good">
            {text('same')}
          </StatusPill>
        ) : (
          <StatusPill icon={IconAlertTriangle} tone="amber">
            {text('changed', { now })}
          </StatusPill>
        )}
        <Button
          variant="default"
          loading={save.isPending}
          leftSection={<IconDownload size={18} aria-hidden />}
          onClick={() => save.mutate()}
        >
          {text('save')}
        </Button>
      </div>
      {save.isError && <InlineError error={save.error} />}
    </section>
  );
}
