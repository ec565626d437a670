import { useState, type CSSProperties, type ReactNode } from 'react';
import classes from './PictureFrame.module.css';
import { RemoteView, type RemoteViewProps } from './RemoteView';

export interface PictureFrameProps extends Omit<RemoteViewProps, 'onRatio'> {
  /** Whether the frame is as large as the picture in it; else it fills its place. */
  fitted: boolean;
  /** What is pinned to the picture's edges. */
  children?: ReactNode;
}

/**
 * Somebody's picture and what belongs to it. Fitted, it leaves its place's free part on the side of the own
 * picture, which then covers nobody; without a picture it fills its place.
 */
export function PictureFrame({ fitted, children, ...view }: PictureFrameProps) {
  const [ratio, setRatio] = useState<number | null>(null);
  const fits = fitted && view.visible && ratio !== null;
  return (
    <div
      className={classes.root}
      data-fitted={fits}
      style={fits ? ({ '--ratio': ratio } as CSSProperties) : undefined}
    >
      <RemoteView {...view} onRatio={setRatio} />
      {children}
    </div>
  );
}
