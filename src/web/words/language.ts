import { store, stored } from '../parts/stored';

type Language = 'ru' | 'en';

const PLACE = 'letopis.language';

/** The language of the page: the chosen one; else Russian, unless the browser asks for English and not for Russian. */
export const language: Language = chosenLanguage() ?? languageOfBrowser();

function chosenLanguage(): Language | undefined {
  const chosen = stored(PLACE);
  return chosen === 'ru' || chosen === 'en' ? chosen : undefined;
}

function languageOfBrowser(): Language {
  const asks = (start: string) => navigator.languages.some((each) => each.startsWith(start));
  return asks('en') && !asks('ru') ? 'en' : 'ru';
}

/** Loads the page anew in a language, which the browser remembers. */
export function chooseLanguage(chosen: Language): void {
  store(PLACE, chosen);
  location.reload();
}
