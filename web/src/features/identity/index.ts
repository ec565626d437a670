export { IdentityCard } from './IdentityCard';
export { IdentityQueue } from './IdentityQueue';
