import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useFormat, type Format } from '../../shared/i18n';
import type { LinkState, Person, PersonFigures, RoomHandle } from '../../shared/live';
import { useQualityWord, type Quality } from '../../shared/ui';
import classes from './QualityPanel.module.css';
import { useCallText, type CallText } from './strings';

const everyMs = 2_000;

/** The same value for two seconds: figures that change faster cannot be read. */
function useCalm(link: LinkState): LinkState {
  const latest = useRef(link);
  const [shown, setShown] = useState(link);
  useEffect(() => {
    latest.current = link;
  }, [link]);
  useEffect(() => {
    const timer = setInterval(() => setShown(latest.current), everyMs);
    return () => clearInterval(timer);
  }, []);
  return shown;
}

/** Page to page it is one connection, which is as good for the one as for the other. */
function wordOf(link: LinkState, person: Person): Quality | null {
  if (person === 'me' || (person === 'other' && link.route !== 'relay')) return link.quality;
  return (person === 'other' ? link.theirQuality : link.thirdQuality) ?? null;
}

function pictureText(picture: PersonFigures['picture'], text: CallText): string | null {
  if (picture === null) return null;
  if ('layer' in picture) {
    return text('figures.layer', { layer: picture.layer + 1, layers: picture.layers });
  }
  return text('figures.size', picture);
}

function rowsOf(text: CallText, format: Format) {
  const number = (value: number, digits = 0) =>
    format.number(value, { maximumFractionDigits: digits });
  const rate = (kbit: number | null) => {
    if (kbit === null) return null;
    return kbit < 1_000
      ? text('figures.kbit', { rate: number(kbit) })
      : text('figures.mbit', { rate: number(kbit / 1_000, 1) });
  };
  const ms = (value: number | null) =>
    value === null ? null : text('figures.ms', { ms: number(value) });
  const share = (value: number | null) =>
    value === null ? null : format.number(value, { style: 'percent', maximumFractionDigits: 1 });
  return [
    ['sends', ({ sendsKbit }: PersonFigures) => rate(sendsKbit)],
    ['gets', ({ getsKbit }: PersonFigures) => rate(getsKbit)],
    ['loss', ({ loss }: PersonFigures) => share(loss)],
    ['roundTrip', ({ roundTripMs }: PersonFigures) => ms(roundTripMs)],
    ['jitter', ({ jitterMs }: PersonFigures) => ms(jitterMs)],
    ['picture', ({ picture }: PersonFigures) => pictureText(picture, text)],
  ] as const;
}

/** How the call goes for everybody in it, in figures: a column a person. */
export function FiguresTable({ visit }: { visit: RoomHandle }) {
  const text = useCallText();
  const format = useFormat();
  const inWords = useQualityWord();
  const link = useCalm(visit.link);
  const { other, third } = visit.state;
  const people: [person: Person, name: string][] = [['me', text('figures.you')]];
  if (other) people.push(['other', other.display_name]);
  if (third) people.push(['third', third.display_name]);
  const cell = (value: ReactNode) =>
    value ?? (
      <>
        <span aria-hidden>–</span>
        <VisuallyHidden>{text('figures.none')}</VisuallyHidden>
      </>
    );
  return (
    <table className={classes.table} aria-label={text('figures.title')}>
      <thead>
        <tr>
          <td className={classes.way}>{text(`figures.way.${link.route ?? 'p2p'}`)}</td>
          {people.map(([person, name]) => (
            <th key={person} scope="col" title={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="tv-tabular">
        <tr>
          <th scope="row">{text('figures.quality')}</th>
          {people.map(([person]) => {
            const word = wordOf(link, person);
            return <td key={person}>{cell(word && inWords(word))}</td>;
          })}
        </tr>
        {rowsOf(text, format).map(([what, read]) => (
          <tr key={what}>
            <th scope="row">{text(`figures.${what}`)}</th>
            {people.map(([person]) => {
              const figures = link.people?.[person];
              return <td key={person}>{cell(figures ? read(figures) : null)}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
