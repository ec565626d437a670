import { Button, Card, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { describeField } from '../../shared/http';
import { useToday } from '../../shared/session';
import { InlineError } from '../../shared/ui';
import classes from './Family.module.css';
import {
  genders,
  guardians,
  isChild,
  relationships,
  useAddMember,
  type Gender,
  type Member,
  type NewMember,
  type Relationship,
} from './family';
import { useFamilyText } from './strings';

type Field = keyof NewMember;

const inOrder: readonly Field[] = ['name', 'birth_date', 'gender', 'relationship', 'declared'];
const empty = { name: '', birth_date: '', gender: '', relationship: '', declared: false };

export interface AddMemberProps {
  onAdded: (member: Member) => void;
  onCancel: () => void;
}

/** Who it is. Every mistake is said at once; the first one gets the focus. */
export function AddMember({ onAdded, onCancel }: AddMemberProps) {
  const text = useFamilyText();
  const today = useToday();
  const [draft, setDraft] = useState(empty);
  const [asked, setAsked] = useState(false);
  // A mistake that the server named is said until its field is changed.
  const [changed, setChanged] = useState<ReadonlySet<Field>>(new Set());
  const form = useRef<HTMLFormElement>(null);
  const add = useAddMember();

  const known = draft.birth_date !== '' && draft.birth_date <= today;
  const child = known && isChild(draft.birth_date, today);
  const choices = child ? guardians : relationships;
  const wrong: Record<Field, boolean> = {
    name: draft.name.trim() === '',
    birth_date: !known,
    gender: draft.gender === '',
    relationship: !choices.some((one) => one === draft.relationship),
    declared: !draft.declared,
  };
  const errorOf = (field: Field) => {
    if (asked && wrong[field]) return text(`add.missing.${field}`);
    return changed.has(field) ? undefined : describeField(add.error, field);
  };
  const set = (field: Field, value: string | boolean) => {
    setDraft((before) => ({ ...before, [field]: value }));
    setChanged((before) => new Set(before).add(field));
  };
  const bind = (field: Exclude<Field, 'declared'>) => ({
    name: field,
    value: draft[field],
    error: errorOf(field),
    onChange: (event: { currentTarget: { value: string } }) =>
      set(field, event.currentTarget.value),
  });
  const firstWrong = inOrder.find((field) => errorOf(field) !== undefined);
  const failed = add.isError;
  useEffect(() => {
    if (failed) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failed]);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    setChanged(new Set());
    const first = inOrder.find((field) => wrong[field]);
    if (first !== undefined) {
      form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    if (add.isPending) return;
    add.mutate(
      {
        name: draft.name.trim(),
        birth_date: draft.birth_date,
        gender: draft.gender as Gender,
        relationship: draft.relationship as Relationship,
        declared: true,
      },
      { onSuccess: onAdded },
    );
  };

  return (
    <Card component="section" aria-labelledby="add-member">
      <form ref={form} onSubmit={submit} noValidate autoComplete="off">
        <Stack gap="md">
          <h2 id="add-member" className={classes.heading}>
            {text('add.title')}
          </h2>
          <TextInput
            label={text('add.name')}
            description={text('add.nameHint')}
            autoFocus
            maxLength={120}
            {...bind('name')}
          />
          <TextInput
            type="date"
            label={text('add.birthDate')}
            description={known ? text(child ? 'add.child' : 'add.adult') : undefined}
            max={today}
            {...bind('birth_date')}
          />
          <NativeSelect
            label={text('add.gender')}
            data={[
              { value: '', label: text('add.choose') },
              ...genders.map((value) => ({ value, label: text(`gender.${value}`) })),
            ]}
            {...bind('gender')}
          />
          <NativeSelect
            label={text('add.relationship')}
            data={[
              { value: '', label: text('add.choose') },
              ...choices.map((value) => ({ value, label: text(`relationship.${value}`) })),
            ]}
            {...bind('relationship')}
          />
          {known && (
            <Checkbox
              name="declared"
              radius={4}
              label={text(child ? 'add.declareChild' : 'add.declareAdult')}
              checked={draft.declared}
              onChange={(event) => set('declared', event.currentTarget.checked)}
              error={errorOf('declared')}
            />
          )}
          {add.isError && firstWrong === undefined && <InlineError error={add.error} />}
          <Group grow preventGrowOverflow={false}>
            <Button variant="default" onClick={onCancel} disabled={add.isPending}>
              {text('add.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {text('add.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
