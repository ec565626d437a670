/** A request as the steps that three people take, and what whoever looks at it can do now. */
import type { DestructionRequest } from './types';

export type StepName = 'asked' | 'first' | 'second' | 'destroyed' | 'complete';
export type StepState = 'done' | 'now' | 'next' | 'never';

export interface Step {
  name: StepName;
  state: StepState;
  by: string | undefined;
  at: string | undefined;
}

const live = new Set(['requested', 'approved-once', 'approved']);

export const isLive = ({ state }: DestructionRequest) => live.has(state);

/** Still under way, or waiting for the last backup: what somebody must look at. */
export const isOpen = (request: DestructionRequest) =>
  isLive(request) || request.state === 'key-destroyed';

export function stepsOf(request: DestructionRequest): Step[] {
  const { approvals, destroyed } = request;
  const known: { name: StepName; by: string | undefined; at: string | undefined }[] = [
    { name: 'asked', by: request.requested_by_name, at: request.requested_at },
    { name: 'first', by: approvals[0]?.by_name, at: approvals[0]?.at },
    { name: 'second', by: approvals[1]?.by_name, at: approvals[1]?.at },
    { name: 'destroyed', by: destroyed?.by_name, at: destroyed?.at },
    { name: 'complete', by: undefined, at: destroyed?.completed_at ?? undefined },
  ];
  const first = known.findIndex(({ at }) => at === undefined);
  return known.map((step, index) => ({
    ...step,
    state:
      step.at !== undefined
        ? 'done'
        : request.ending !== null || request.state === 'expired'
          ? 'never'
          : index === first
            ? 'now'
            : 'next',
  }));
}

export type Act = 'approve' | 'refuse' | 'withdraw' | 'destroy';

/** What whoever looks at it can do. The server decides again: an account may be too new, for one. */
export function actsOf(request: DestructionRequest): Act[] {
  if (!isLive(request)) return [];
  const acts: Act[] = [];
  if (request.state === 'approved') acts.push('destroy');
  else if (!request.own && !request.approved_by_me) acts.push('approve');
  acts.push(request.own ? 'withdraw' : 'refuse');
  return acts;
}
