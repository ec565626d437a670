import { NativeSelect, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { schemes } from './schemes';
import { useShellText } from './strings';

/** Light, dark, or as the device says. */
export function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const text = useShellText();
  return (
    <NativeSelect
      label={text('scheme.label')}
      value={colorScheme}
      onChange={(event) => setColorScheme(event.currentTarget.value as MantineColorScheme)}
      data={schemes.map((scheme) => ({ value: scheme, label: text(`scheme.${scheme}`) }))}
    />
  );
}
