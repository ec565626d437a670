import { Avatar as MantineAvatar } from '@mantine/core';

export interface AvatarProps {
  name: string;
  /** A picture's address; the initials stand in while there is none. */
  src?: string;
  size?: 36 | 48 | 72 | 96;
}

/** The family name of a Chinese name, the first and last initial of another. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? '';
  if (/^\p{Script=Han}/u.test(first)) return first.slice(0, 1);
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return (first.slice(0, 1) + last.slice(0, 1)).toUpperCase();
}

export function Avatar({ name, src, size = 48 }: AvatarProps) {
  return (
    <MantineAvatar
      src={src ?? null}
      alt={name}
      size={size}
      radius="full"
      color="brand"
      variant="light"
    >
      {initials(name)}
    </MantineAvatar>
  );
}
