export { FiguresPanel, type FiguresPanelProps } from './FiguresPanel';
