import { savedText, store } from './stored';

/** The themes that a person can choose; `system`: as the device has it. */
export const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const THEME_PLACE = 'letopis.theme';

/** Returns the theme that the person has chosen for this browser. */
export function chosenTheme(): Theme {
  return THEMES.find((theme) => theme === savedText(THEME_PLACE)) ?? 'system';
}

/** Shows the page in a theme, and stores the choice in this browser. */
export function chooseTheme(theme: Theme): void {
  store(THEME_PLACE, theme === 'system' ? '' : theme);
  showTheme();
}

/** Shows the page in the chosen theme. The colours of the styles follow the attribute. */
export function showTheme(): void {
  document.documentElement.dataset.theme = chosenTheme();
}
