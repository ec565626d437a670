/** What can be wrong with something that claims to be a part of the log, by a stable code. */
export type ArchiveProblem =
  /** Not base64, not UTF-8, not a number, not the lines that the format asks for. */
  | 'malformed'
  /** No signature of the log's key, or one that does not hold. */
  | 'signature'
  /** The log names itself otherwise than expected. */
  | 'origin'
  /** A path of hashes does not lead to the signed root. */
  | 'proof';

/** Something that does not hold. The message is for the console and for support; the code decides. */
export class ArchiveError extends Error {
  readonly problem: ArchiveProblem;

  constructor(problem: ArchiveProblem, message: string) {
    super(message);
    this.name = 'ArchiveError';
    this.problem = problem;
  }
}

export const malformed = (message: string) => new ArchiveError('malformed', message);
