import { store, storedText } from '../parts/stored';

type Language = 'ru' | 'en';

const LANGUAGE_PLACE = 'letopis.language';

/**
 * The language of the page: the chosen language; otherwise Russian, unless the browser prefers English and does not
 * list Russian.
 */
export const language: Language = chosenLanguage() ?? languageOfBrowser();

function chosenLanguage(): Language | undefined {
  const chosen = storedText(LANGUAGE_PLACE);
  return chosen === 'ru' || chosen === 'en' ? chosen : undefined;
}

function languageOfBrowser(): Language {
  const asks = (start: string) => navigator.languages.some((each) => each.startsWith(start));
  return asks('en') && !asks('ru') ? 'en' : 'ru';
}

/** Reloads the page in a language, and stores the choice in this browser. */
export function chooseLanguage(chosen: Language): void {
  store(LANGUAGE_PLACE, chosen);
  location.reload();
}
