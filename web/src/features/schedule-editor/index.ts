export { OwnLeave } from './OwnLeave';
export { ScheduleEditor, type ScheduleEditorProps } from './ScheduleEditor';
