/** A kept receipt against the log as it stands now. */
import {
  ArchiveError,
  compareWithLog,
  openReceipt,
  tilePath,
  type LogSource,
  type Receipt,
  type Standing,
} from '../../shared/archive';
import { http } from '../../shared/http';

const log = '/log';
/** A receipt has some kilobytes: what is larger is another file. */
const largestFile = 1_000_000;

const source: LogSource = {
  checkpoint: () => http.text(`${log}/checkpoint`),
  epochs: () => http.get<unknown>(`${log}/epochs`),
  readTile: async (level, n, hashes) =>
    new Uint8Array(await http.bytes(`${log}/${tilePath(level, n, hashes)}`)),
};

export type Outcome =
  /** The file is no receipt, or it does not hold by itself. */
  | { kind: 'unusable'; problem: ArchiveError['problem'] }
  | { kind: 'held'; receipt: Receipt; standing: Standing };

/** Throws what kept it from reaching the log. */
export async function checkFile(file: File): Promise<Outcome> {
  let receipt: Receipt;
  try {
    if (file.size > largestFile) throw new ArchiveError('malformed', 'a file too large');
    receipt = await openReceipt(await file.text());
  } catch (error) {
    if (error instanceof ArchiveError) return { kind: 'unusable', problem: error.problem };
    throw error;
  }
  return { kind: 'held', receipt, standing: await compareWithLog(receipt, source) };
}
