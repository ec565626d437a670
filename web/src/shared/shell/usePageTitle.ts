import { useEffect, useLayoutEffect } from 'react';
import { useHospital } from '../session';

const titleOf = (page: string | undefined, hospital: string | undefined) =>
  [page, hospital].filter(Boolean).join(' · ');

/** Names the browser's tab after the page and the hospital, so that open visits can be told apart. */
export function usePageTitle(page?: string): void {
  const hospital = useHospital()?.name;
  useEffect(() => {
    document.title = titleOf(page, hospital);
  }, [page, hospital]);
}

/** The same for the frame round pages: it comes first, so a page within has the last word. */
export function useFrameTitle(frame?: string): void {
  const hospital = useHospital()?.name;
  useLayoutEffect(() => {
    document.title = titleOf(frame, hospital);
  }, [frame, hospital]);
}
