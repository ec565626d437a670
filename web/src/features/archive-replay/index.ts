export { ReplayPage, type ReplayPageProps } from './ReplayPage';
