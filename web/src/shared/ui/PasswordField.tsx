import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useState } from 'react';
import { useUiText } from './strings';

/** A password with its eye, whose name says what pressing it does in the language of the page. */
export function PasswordField(props: PasswordInputProps) {
  const text = useUiText();
  const [visible, setVisible] = useState(false);
  return (
    <PasswordInput
      {...props}
      visible={visible}
      onVisibilityChange={setVisible}
      visibilityToggleButtonProps={{
        'aria-label': text(visible ? 'password.hide' : 'password.show'),
      }}
    />
  );
}
