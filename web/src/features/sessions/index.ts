export { SessionsList } from './SessionsList';
export { SessionsPage } from './SessionsPage';
