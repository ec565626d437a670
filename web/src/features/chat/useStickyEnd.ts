import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const nearPx = 48;

export interface StickyEnd {
  scrollerRef: RefObject<HTMLDivElement | null>;
  /** Whether the reader sees the newest. */
  atEnd: boolean;
  toEnd: () => void;
  onScroll: () => void;
}

/**
 * Keeps a scrolling list at its end while the reader is there, and leaves it alone while they read
 * further up. `newest` identifies the last item: the list follows whenever it changes.
 */
export function useStickyEnd(newest: string): StickyEnd {
  const scrollerRef = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    const element = scrollerRef.current;
    if (!element) return;
    sticks.current = true;
    element.scrollTop = element.scrollHeight;
    setAtEnd(true);
  }, []);

  const onScroll = useCallback(() => {
    const element = scrollerRef.current;
    if (!element) return;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
    sticks.current = near;
    setAtEnd(near);
  }, []);

  useLayoutEffect(() => {
    const element = scrollerRef.current;
    if (element && sticks.current) element.scrollTop = element.scrollHeight;
  }, [newest]);

  useEffect(() => {
    // A keyboard that opens, or a composer that grows, must not hide the last message.
    const element = scrollerRef.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      if (sticks.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return { scrollerRef, atEnd, toEnd, onScroll };
}
