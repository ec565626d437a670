export { IdentityCard } from './IdentityCard';
export { IdentityTodo } from './IdentityTodo';
export { IdentityQueue } from './IdentityQueue';
