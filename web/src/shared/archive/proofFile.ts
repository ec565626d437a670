/** C2SP tlog-proof: a proof that stands alone, as a receipt is kept. */
import { base64, decimal, unbase64, type Bytes } from './bytes';
import { malformed } from './errors';

const firstLine = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^53 leaves has paths no longer than this. */
const longestPath = 64;

export interface ProofFile {
  /** What the hospital put beside the proof; not covered by it. */
  readonly extra: Bytes | undefined;
  readonly index: number;
  readonly path: readonly Bytes[];
  /** The checkpoint's signed note, word for word. */
  readonly checkpoint: string;
}

/** Reads a .tlog-proof file without trusting any of it; throws ArchiveError. */
export function parseProofFile(text: string): ProofFile {
  const split = text.indexOf('\n\n');
  if (split < 0) throw malformed('not a proof file');
  const lines = text.slice(0, split).split('\n');
  if (lines.shift() !== firstLine) throw malformed('not a proof file of version 1');
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined;
  const index = /^index (.*)$/.exec(lines.shift() ?? '')?.[1];
  if (index === undefined) throw malformed('a proof file without an index');
  if (lines.length > longestPath) throw malformed('a path too long');
  return {
    extra: extra === undefined ? undefined : unbase64(extra),
    index: decimal(index),
    path: lines.map((line) => unbase64(line, 32)),
    checkpoint: text.slice(split + 2),
  };
}

export function formatProofFile({ extra, index, path, checkpoint }: ProofFile): string {
  return [
    firstLine,
    ...(extra ? [`extra ${base64(extra)}`] : []),
    `index ${index}`,
    ...path.map(base64),
    '',
    checkpoint,
  ].join('\n');
}
