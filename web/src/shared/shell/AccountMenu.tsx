import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconChevronDown, IconLogout, IconUserCog } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useAccount, useSession, useSessionText } from '../session';
import { Avatar, InlineError } from '../ui';
import classes from './AccountMenu.module.css';
import { schemes } from './schemes';
import { useShellText } from './strings';

export interface AccountMenuProps {
  places?: readonly { to: string; label: string }[];
}

/** Who is signed in, the person's own places, how the page looks, and the way out. */
export function AccountMenu({ places = [] }: AccountMenuProps) {
  const account = useAccount();
  const { logout } = useSession();
  const leaving = useMutation({ mutationFn: logout });
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const text = useShellText();
  const sessionText = useSessionText();

  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton
          className={classes.target}
          aria-label={text('account.menu', { name: account.display_name })}
        >
          <Avatar name={account.display_name} size={36} />
          <span className={classes.name}>{account.display_name}</span>
          <IconChevronDown size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {sessionText(`role.${account.role}`)} · {account.login}
        </Menu.Label>
        {places.map(({ to, label }) => (
          <Menu.Item
            key={to}
            component={Link}
            to={to}
            leftSection={<IconUserCog size={18} aria-hidden />}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{text('scheme.label')}</Menu.Label>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={scheme === colorScheme}
            leftSection={
              <IconCheck
                size={18}
                className={scheme === colorScheme ? '' : (classes.unchecked ?? '')}
                aria-hidden
              />
            }
            onClick={() => setColorScheme(scheme)}
          >
            {text(`scheme.${scheme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          closeMenuOnClick={false}
          disabled={leaving.isPending}
          leftSection={<IconLogout size={18} aria-hidden />}
          onClick={() => leaving.mutate()}
        >
          {text('account.signOut')}
        </Menu.Item>
        {leaving.isError && <InlineError error={leaving.error} />}
      </Menu.Dropdown>
    </Menu>
  );
}
