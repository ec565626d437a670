import type { MantineColorScheme } from '@mantine/core';

export const schemes: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];
