/** How each story is shown: in light or dark, from the left or the right, in any of the languages. */
/// <reference types="vite/client" />
import { setCustomElementsManifest, type Preview } from '@storybook/web-components-vite';
import manifest from '../custom-elements.json' with { type: 'json' };
import '../src/define.js';
import './preview.css';

setCustomElementsManifest(manifest);

const LANGUAGES = {
  en: 'English',
  ar: 'العربية',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  he: 'עברית',
  hi: 'हिन्दी',
  it: 'Italiano',
  ja: '日本語',
  ko: '한국어',
  pt: 'Português',
  ru: 'Русский',
  zh: '简体中文',
  'zh-Hant': '繁體中文',
};
const RIGHT_TO_LEFT = ['ar', 'he'];

export default {
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error' },
    controls: { expanded: true },
    backgrounds: { disable: true },
    options: {
      storySort: {
        order: [
          'Introduction',
          'Guide',
          [
            'Getting started',
            'Service worker',
            'Theming',
            'Events and client',
            'Languages and messages',
            'Accessibility',
            'Background Fetch standard',
            'Troubleshooting',
            'Sign-out',
            'Migration',
            'Testing',
            'Architecture',
          ],
          'Elements',
          ['Provider', 'Button', 'Progress', 'Status', 'Item', 'List', 'Indicator', 'Storage'],
          'Live',
          ['About'],
          'Recipes',
          'Themes',
          'Styling',
        ],
      },
    },
  },
  initialGlobals: { scheme: 'light dark', lang: 'en' },
  globalTypes: {
    scheme: {
      description: 'Light or dark',
      toolbar: {
        icon: 'mirror',
        items: [
          { value: 'light dark', title: 'As the system' },
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
        dynamicTitle: true,
      },
    },
    lang: {
      description: 'Language',
      toolbar: {
        icon: 'globe',
        items: Object.entries(LANGUAGES).map(([value, title]) => ({ value, title })),
        dynamicTitle: true,
      },
    },
  },
  decorators: [
    (story, { globals }) => {
      const { documentElement } = document;
      const { scheme, lang } = globals as { scheme: string; lang: string };
      documentElement.style.colorScheme = scheme;
      documentElement.lang = lang;
      documentElement.dir = RIGHT_TO_LEFT.includes(lang) ? 'rtl' : 'ltr';
      return story();
    },
  ],
} satisfies Preview;
