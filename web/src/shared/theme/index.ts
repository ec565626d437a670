export { ThemeProvider } from './ThemeProvider';
export { useSurface, type Surface } from './useSurface';
