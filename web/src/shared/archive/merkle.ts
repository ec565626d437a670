/** RFC 6962 (section 2.1): the tree's hashes, inclusion and consistency. Indexes and sizes are safe integers. */
import { equal, sha256, type Bytes } from './bytes';
import { ArchiveError } from './errors';

const leafPrefix = Uint8Array.of(0x00);
const nodePrefix = Uint8Array.of(0x01);

export const leafHash = (data: Uint8Array): Promise<Bytes> => sha256(leafPrefix, data);
export const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Bytes> =>
  sha256(nodePrefix, left, right);
/** The root of the tree that holds nothing. */
export const emptyRoot = (): Promise<Bytes> => sha256();

const refuse = (message: string) => new ArchiveError('proof', message);
const half = (value: number) => Math.floor(value / 2);
const isOdd = (value: number) => value % 2 === 1;

/** Checks that a leaf stands at an index of the tree with this size and root; throws ArchiveError. */
export async function verifyInclusion(
  leaf: Bytes,
  index: number,
  size: number,
  path: readonly Bytes[],
  root: Bytes,
): Promise<void> {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) {
    throw refuse(`no leaf ${index} in a tree of ${size}`);
  }
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) throw refuse('the path is too long');
    if (isOdd(node) || node === last) {
      hash = await nodeHash(sibling, hash);
      // On the right edge the levels without a sibling are skipped.
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  if (last !== 0) throw refuse('the path is too short');
  if (!equal(hash, root)) throw refuse(`leaf ${index} does not lead to the root`);
}

/** Checks that a tree of `newSize` begins with the tree of `oldSize`; throws ArchiveError. */
export async function verifyConsistency(
  oldSize: number,
  newSize: number,
  path: readonly Bytes[],
  oldRoot: Bytes,
  newRoot: Bytes,
): Promise<void> {
  if (oldSize > newSize) throw refuse(`a tree of ${newSize} cannot continue one of ${oldSize}`);
  if (oldSize === newSize || oldSize === 0) {
    if (path.length > 0) throw refuse('a proof where none is needed');
    const known = oldSize === 0 ? await emptyRoot() : newRoot;
    if (!equal(oldRoot, known)) throw refuse('two roots of the same size');
    return;
  }

  let node = oldSize - 1;
  let last = newSize - 1;
  while (isOdd(node)) {
    node = half(node);
    last = half(last);
  }
  // A tree whose size is a power of two is a node of the new one itself, so the path leaves it out.
  const rest = node === 0 ? [oldRoot, ...path] : [...path];
  const first = rest.shift();
  if (!first) throw refuse('the path is too short');
  let oldHash = first;
  let newHash = first;
  for (const sibling of rest) {
    if (last === 0) throw refuse('the path is too long');
    if (isOdd(node) || node === last) {
      oldHash = await nodeHash(sibling, oldHash);
      newHash = await nodeHash(sibling, newHash);
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      newHash = await nodeHash(newHash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  if (last !== 0) throw refuse('the path is too short');
  if (!equal(oldHash, oldRoot)) throw refuse('the path does not lead to the old root');
  if (!equal(newHash, newRoot)) throw refuse('the path does not lead to the new root');
}
