import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import '@mantine/core/styles.layer.css';
import './global.css';
import { theme } from './theme';
import { cssVariablesResolver } from './variables';

const colorSchemeManager = localStorageColorSchemeManager({ key: 'televisit.color-scheme' });

export function ThemeProvider({ children, env }: { children: ReactNode; env?: 'test' }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      env={env ?? 'default'}
    >
      {children}
    </MantineProvider>
  );
}
