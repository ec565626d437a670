import type { components } from '../../protocol/api';

export type Schedule = components['schemas']['ScheduleView'];
export type WeeklyHours = components['schemas']['WeeklyHours'];
export type NewWeeklyHours = components['schemas']['NewWeeklyHours'];
export type Exception = components['schemas']['ExceptionView'];
export type NewException = components['schemas']['NewException'];
export type Leave = components['schemas']['LeaveView'];
export type LeaveEntered = components['schemas']['LeaveEntered'];
export type SlotOwnership = components['schemas']['SlotOwnership'];
export type VisitsWithin = components['schemas']['VisitsWithin'];
export type OwnLeaves = components['schemas']['OwnLeaves'];

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof weekdays)[number];
