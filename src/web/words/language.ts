import { savedText, store } from '../parts/stored';

type PageLanguage = 'ru' | 'en';

const LANGUAGE_PLACE = 'letopis.language';

/**
 * The language of the page: the chosen language; otherwise Russian, unless the browser prefers English and does not
 * list Russian.
 */
export const language: PageLanguage = chosenLanguage() ?? languageOfBrowser();

function chosenLanguage(): PageLanguage | undefined {
  const chosen = savedText(LANGUAGE_PLACE);
  return chosen === 'ru' || chosen === 'en' ? chosen : undefined;
}

function languageOfBrowser(): PageLanguage {
  const asks = (start: string) => navigator.languages.some((each) => each.startsWith(start));
  return asks('en') && !asks('ru') ? 'en' : 'ru';
}

/** Reloads the page in a language, and stores the choice in this browser. */
export function chooseLanguage(chosen: PageLanguage): void {
  store(LANGUAGE_PLACE, chosen);
  location.reload();
}
