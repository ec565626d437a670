export { Afterwards, type AfterwardsProps } from './Afterwards';
