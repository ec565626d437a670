import type { RoomHandle } from '../../shared/live';
import { FiguresTable } from './FiguresTable';
import classes from './QualityPanel.module.css';
import { useCallText } from './strings';

/**
 * What is behind the word for the connection: for the doctor figures of everybody in the call, for everybody
 * else what the word means. It has a place of its own, so that it never lies over a face.
 */
export function QualityPanel({ visit, id }: { visit: RoomHandle; id: string }) {
  const text = useCallText();
  const { quality } = visit.link;
  if (quality === null) return null;
  return (
    <div id={id} className={classes.root} role="group" aria-label={text('quality.panel')}>
      {visit.room.kind === 'doctor' ? (
        <FiguresTable visit={visit} />
      ) : (
        <p>{text(`quality.means.${quality}`)}</p>
      )}
    </div>
  );
}
