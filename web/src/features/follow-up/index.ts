export { FollowUps } from './FollowUps';
export { ProposeFollowUp } from './ProposeFollowUp';
