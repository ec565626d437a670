import { Button } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { languageNames, languages, useLanguage } from '../i18n';

/** Names the other language in that language and switches to it. */
export function LanguageSwitch() {
  const [current, choose] = useLanguage();
  const other = languages.find((language) => language !== current) ?? 'en';
  return (
    <Button
      variant="subtle"
      color="gray"
      px="sm"
      style={{ flexShrink: 0 }}
      fw={400}
      leftSection={<IconLanguage size={20} stroke={1.75} aria-hidden />}
      onClick={() => choose(other)}
      lang={other}
    >
      {languageNames[other]}
    </Button>
  );
}
