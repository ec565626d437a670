export { SamplePage, type SamplePageProps } from './SamplePage';
export { SamplesPage, type SamplesPageProps } from './SamplesPage';
