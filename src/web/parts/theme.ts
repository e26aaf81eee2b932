import { store, stored } from './stored';

/** The themes that a person can choose; `system`: as the device has it. */
export const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const PLACE = 'letopis.theme';

/** Returns the theme that the person has chosen for this browser. */
export function chosenTheme(): Theme {
  return THEMES.find((theme) => theme === stored(PLACE)) ?? 'system';
}

/** Shows the page in a theme, and stores the choice in this browser. */
export function chooseTheme(theme: Theme): void {
  store(PLACE, theme === 'system' ? '' : theme);
  showTheme();
}

/** Shows the page in the chosen theme. The colours of the styles follow the attribute. */
export function showTheme(): void {
  document.documentElement.dataset.theme = chosenTheme();
}
