export { figuresKey, FiguresPanel, type FiguresPanelProps } from './FiguresPanel';
