import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import { Link } from 'react-router';
import {
  DemoBanner,
  LanguageSwitch,
  OfflineBanner,
  usePageTitle,
  Wordmark,
} from '../../shared/shell';
import { useSurface } from '../../shared/theme';
import { JourneyStrip, type JourneyStripProps } from '../../shared/ui';
import { usePatientText } from './strings';
import classes from './VisitFrame.module.css';

export interface VisitFrameProps {
  /** Names the browser's tab. */
  title: string;
  /** The step's own name, for tests and styles. */
  step: string;
  /** `reserved` keeps its place while it is not known what it will say. */
  strip: JourneyStripProps | 'reserved' | undefined;
  /** `stage` fills the window and does not scroll, as the call needs. */
  mode?: 'page' | 'stage';
  /** In a stage: the chat's sheet is up over the lower part, with so many pixels of keyboard under it. */
  sheet?: { keyboard: number } | undefined;
  /** Room for two columns where there is room. */
  wide?: boolean;
  /** Whether the way home is shown; left out where leaving has a price. */
  withHome?: boolean;
  /** Beside the content on a wide screen. */
  side?: ReactNode;
  /** Stays where the thumb is. */
  footer?: ReactNode;
  mainRef?: Ref<HTMLElement>;
  children: ReactNode;
}

/** One frame for the whole journey, so that nothing but the step changes between its steps. */
export function VisitFrame({
  title,
  step,
  strip,
  mode = 'page',
  sheet,
  wide = false,
  withHome = true,
  side,
  footer,
  mainRef,
  children,
}: VisitFrameProps) {
  useSurface('patient');
  usePageTitle(title);
  const text = usePatientText();
  return (
    <div
      className={classes.root}
      data-mode={mode}
      data-sheet={sheet !== undefined}
      style={{ ['--keyboard' as string]: `${sheet?.keyboard ?? 0}px` }}
      data-wide={wide || side !== undefined}
      data-testid="visit-page"
      data-step={step}
    >
      <DemoBanner />
      <OfflineBanner />
      <header className={classes.header}>
        {withHome && (
          <ActionIcon component={Link} to="/" aria-label={text('visit.home')}>
            <IconArrowLeft size={24} stroke={1.75} aria-hidden />
          </ActionIcon>
        )}
        <div className={classes.sign}>
          <Wordmark />
        </div>
        <LanguageSwitch />
      </header>
      {strip !== undefined && (
        <div className={classes.strip}>
          <div className={classes.stripInner}>
            {strip !== 'reserved' && <JourneyStrip {...strip} />}
          </div>
        </div>
      )}
      <div className={classes.body} data-side={side !== undefined}>
        <main ref={mainRef} id="content" className={classes.main}>
          {children}
        </main>
        {side !== undefined && <aside className={classes.side}>{side}</aside>}
      </div>
      {footer !== undefined && (
        <div className={classes.footer}>
          <div className={classes.footerInner}>{footer}</div>
        </div>
      )}
    </div>
  );
}
