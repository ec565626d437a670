import type { components } from '../../protocol/api';
import classes from './Steps.module.css';
import { useRegistrationText } from './strings';

/** The notice in its own words, to be read before it is agreed to. */
export function PrivacyNotice({ notice }: { notice: components['schemas']['PrivacyNoticeView'] }) {
  const text = useRegistrationText();
  const [title, ...paragraphs] = notice.paragraphs;
  return (
    // It scrolls, so the keyboard has to be able to come in.
    <section
      className={classes.notice}
      tabIndex={0}
      aria-label={text('about.notice', { version: notice.version })}
      lang={notice.locale}
    >
      <h2>{title}</h2>
      {paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </section>
  );
}
