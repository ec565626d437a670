import { Checkbox, Radio, Stack } from '@mantine/core';
import { Link } from 'react-router';
import { useAccount } from '../../shared/session';
import classes from './Family.module.css';
import { useFamily, type Member } from './family';
import { useFamilyText } from './strings';

/** For whom a visit is booked: the own person, or a family member with a guardian's word for a child. */
export interface Whom {
  patient_id: string | null;
  guardian_consents: boolean;
}

export const forOneself: Whom = { patient_id: null, guardian_consents: false };

export interface ForWhomProps {
  value: Whom;
  onChange: (whom: Whom) => void;
  /** Whether one tried to go on: what is missing is said from then on. */
  asked: boolean;
  /** Where family members are added. */
  familyPath: string;
  /** Without a card of its own, as within a dialog. */
  plain?: boolean;
}

/** Whether the choice can be gone on with. */
export function useWhomIsWhole(value: Whom): boolean {
  const chosen = useChosen(value);
  return chosen === undefined || !chosen.is_child || value.guardian_consents;
}

function useChosen({ patient_id: id }: Whom): Member | undefined {
  return useFamily().data?.members.find((member) => member.patient_id === id);
}

export function ForWhom({ value, onChange, asked, familyPath, plain = false }: ForWhomProps) {
  const text = useFamilyText();
  const account = useAccount();
  const members = (useFamily().data?.members ?? []).filter(({ state }) => state === 'active');
  const chosen = useChosen(value);
  const add = (
    <Link to={familyPath} className={classes.link}>
      {text('whom.add')}
    </Link>
  );
  return (
    <section className={classes.whom} data-card={plain ? undefined : true} id="for-whom">
      <Radio.Group
        label={<span className={classes.question}>{text('whom.label')}</span>}
        value={value.patient_id ?? 'self'}
        onChange={(id) =>
          onChange({ patient_id: id === 'self' ? null : id, guardian_consents: false })
        }
      >
        <Stack gap="sm" mt="sm">
          <Radio value="self" label={text('whom.self', { name: account.display_name })} />
          {members.map(({ patient_id: id, name }) => (
            <Radio key={id} value={id} label={name} />
          ))}
        </Stack>
      </Radio.Group>
      {chosen?.is_child && (
        <Checkbox
          radius={4}
          label={text('whom.consent', { name: chosen.name })}
          checked={value.guardian_consents}
          onChange={(event) =>
            onChange({ ...value, guardian_consents: event.currentTarget.checked })
          }
          error={asked && !value.guardian_consents && text('whom.consentMissing')}
        />
      )}
      {add}
    </section>
  );
}
