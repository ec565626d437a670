import { UnstyledButton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { QualityBars, useQualityWord, type Quality } from '../../shared/ui';
import classes from './QualityMark.module.css';
import { useCallText } from './strings';

export interface QualityMarkProps {
  quality: Quality;
  opened: boolean;
  /** The id of what it opens. */
  controls: string;
  onToggle: () => void;
}

/** The word for the connection, which opens what is behind it. */
export function QualityMark({ quality, opened, controls, onToggle }: QualityMarkProps) {
  const text = useCallText();
  const wordOf = useQualityWord();
  return (
    <UnstyledButton
      className={classes.root}
      aria-expanded={opened}
      aria-controls={opened ? controls : undefined}
      aria-label={text('quality.open', { word: wordOf(quality) })}
      onClick={onToggle}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && opened) {
          event.stopPropagation();
          onToggle();
        }
      }}
    >
      <QualityBars quality={quality} />
      <IconChevronDown className={classes.chevron} data-opened={opened} size={16} aria-hidden />
    </UnstyledButton>
  );
}
