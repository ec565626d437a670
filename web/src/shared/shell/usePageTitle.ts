import { useEffect } from 'react';
import { useHospital } from '../session';

/** Names the browser's tab after the page and the hospital, so that open visits can be told apart. */
export function usePageTitle(page?: string): void {
  const hospital = useHospital()?.name;
  useEffect(() => {
    document.title = [page, hospital].filter(Boolean).join(' · ');
  }, [page, hospital]);
}
