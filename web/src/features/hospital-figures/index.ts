export { FiguresPage } from './FiguresPage';
export { figuresKey, FiguresPanel, type FiguresPanelProps } from './FiguresPanel';
