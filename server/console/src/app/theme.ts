// Mantine bent to the console: dense controls, one accent, borders instead of shadows, contrast of 4.5 and more.
import {
  Button,
  Drawer,
  Input,
  Modal,
  Tooltip,
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

const PEACOCK: MantineColorsTuple = [
  '#e9f3f8',
  '#d2e6f0',
  '#a5cde2',
  '#74b2d2',
  '#4f9cc5',
  '#3289b6',
  '#1c78a6',
  '#0b6a94',
  '#085679',
  '#05405b',
];
const SLATE: MantineColorsTuple = [
  '#e6e9ed',
  '#c3cad3',
  '#a0a9b5',
  '#79828f',
  '#4b545f',
  '#2f363f',
  '#1e2329',
  '#161a1f',
  '#101317',
  '#0b0d10',
];

const CONTROL = {
  '--button-height': 'var(--control-height)',
  '--button-fz': '13px',
  '--button-padding-x': '12px',
};

export const THEME = createTheme({
  primaryColor: 'peacock',
  primaryShade: 7,
  colors: { peacock: PEACOCK, dark: SLATE },
  fontFamily: "'Noto Sans', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '16px', xl: '20px' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' } } },
  defaultRadius: '6px',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { fw: 500 },
      vars: () => ({ root: CONTROL }),
    }),
    Input: Input.extend({
      vars: () => ({ wrapper: { '--input-height': 'var(--control-height)', '--input-fz': '13px' } }),
    }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 10,
        overlayProps: { backgroundOpacity: 0.4 },
        transitionProps: { duration: 120 },
      },
    }),
    Drawer: Drawer.extend({
      defaultProps: {
        position: 'right',
        overlayProps: { backgroundOpacity: 0.4 },
        transitionProps: { duration: 140 },
      },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 250,
        fz: 12,
        events: { hover: true, focus: true, touch: true },
        transitionProps: { duration: 80 },
      },
    }),
  },
});

export const VARIABLES: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1a1f26',
    '--mantine-color-dimmed': '#566070',
    '--mantine-color-placeholder': '#687282',
    '--mantine-color-error': '#a92b1d',
    '--mantine-color-default-border': '#cfd4db',
    '--mantine-color-anchor': '#0b6a94',
    '--mantine-color-red-filled': '#b3301f',
    '--mantine-color-red-filled-hover': '#992718',
  },
  dark: {
    '--mantine-color-body': '#161a1f',
    '--mantine-color-text': '#e6e9ed',
    '--mantine-color-dimmed': '#a0a9b5',
    '--mantine-color-placeholder': '#929cab',
    '--mantine-color-error': '#ff9b8c',
    '--mantine-color-default': '#1e2329',
    '--mantine-color-default-hover': '#262c33',
    '--mantine-color-default-border': '#3a424d',
    '--mantine-color-anchor': '#74b2d2',
    '--mantine-color-red-filled': '#b3301f',
    '--mantine-color-red-filled-hover': '#c23a28',
  },
});
