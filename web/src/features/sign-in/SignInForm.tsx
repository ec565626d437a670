import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type SyntheticEvent } from 'react';
import { Link, useLocation } from 'react-router';
import { hasCode } from '../../shared/http';
import {
  doctorsPath,
  registerPath,
  resetPath,
  useHospital,
  useSession,
  type DemoLogin,
} from '../../shared/session';
import { PasswordField, InlineError } from '../../shared/ui';
import { DemoLogins } from './DemoLogins';
import { PasskeySignIn } from './PasskeySignIn';
import { SingleSignOn } from './SingleSignOn';
import classes from './SignInForm.module.css';
import { useSignInText } from './strings';

/** The form, and in a demonstration the accounts that fill it. Leaving the page is the session's doing. */
export function SignInForm() {
  const text = useSignInText();
  const session = useSession();
  const hospital = useHospital();
  const { search } = useLocation();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const loginField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const submitButton = useRef<HTMLButtonElement>(null);

  const signIn = useMutation({
    mutationFn: () => session.login(login.trim(), password),
    onError: () => passwordField.current?.select(),
  });

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setAsked(true);
    if (login.trim() === '') loginField.current?.focus();
    else if (password === '') passwordField.current?.focus();
    else signIn.mutate();
  };

  const fill = (demo: DemoLogin) => {
    setLogin(demo.login);
    setPassword(demo.password);
    setAsked(false);
    signIn.reset();
    submitButton.current?.focus();
  };

  return (
    <>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            ref={loginField}
            name="login"
            label={text('login')}
            description={text('loginHint')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
            error={asked && login.trim() === '' && text('missing.login')}
          />
          <PasswordField
            ref={passwordField}
            name="password"
            label={text('password')}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={asked && password === '' && text('missing.password')}
          />
          {signIn.isError && (
            <InlineError
              error={signIn.error}
              withCode={!hasCode(signIn.error, 'auth.invalid_credentials')}
            />
          )}
          <Button ref={submitButton} type="submit" fullWidth loading={signIn.isPending}>
            {text('submit')}
          </Button>
        </Stack>
      </form>
      <PasskeySignIn />
      <SingleSignOn />
      <div className={classes.ways}>
        <Link to={resetPath}>{text('forgot')}</Link>
        <Link to={doctorsPath}>{text('look')}</Link>
        <span>
          {text('newHere')} <Link to={registerPath + search}>{text('register')}</Link>
        </span>
      </div>
      {hospital?.demo && (
        <DemoLogins logins={hospital.demo_logins} chosen={login} onChoose={fill} />
      )}
    </>
  );
}
