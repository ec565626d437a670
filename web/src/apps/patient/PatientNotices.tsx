import { NoticeChoice, useNoticesText } from '../../features/notices';
import { BelowMe } from './BelowMe';

/** How the patient wants to be told of visits. */
export function PatientNotices() {
  const text = useNoticesText();
  return (
    <BelowMe title={text('title')} lead={text('lead')}>
      <NoticeChoice />
    </BelowMe>
  );
}
