import { UnstyledButton } from '@mantine/core';
import { useSessionText, type DemoLogin } from '../../shared/session';
import { Avatar } from '../../shared/ui';
import classes from './DemoLogins.module.css';
import { useSignInText } from './strings';

export interface DemoLoginsProps {
  logins: readonly DemoLogin[];
  /** The login now in the form, marked among the cards. */
  chosen: string;
  onChoose: (login: DemoLogin) => void;
}

export function DemoLogins({ logins, chosen, onChoose }: DemoLoginsProps) {
  const text = useSignInText();
  const sessionText = useSessionText();
  return (
    <section className={classes.root} aria-labelledby="demo-logins">
      <h2 id="demo-logins" className={classes.title}>
        {text('demo.title')}
      </h2>
      <p className={classes.lead}>{text('demo.lead')}</p>
      <ul className={classes.cards}>
        {logins.map((demo) => {
          const role = sessionText(`role.${demo.role}`);
          return (
            <li key={demo.login}>
              <UnstyledButton
                className={classes.card}
                aria-pressed={demo.login === chosen}
                aria-label={text('demo.fill', { name: demo.display_name, role })}
                onClick={() => onChoose(demo)}
              >
                <Avatar name={demo.display_name} size={36} />
                <span className={classes.who}>
                  <span className={classes.name}>{demo.display_name}</span>
                  <span className={classes.role}>{role}</span>
                </span>
              </UnstyledButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
