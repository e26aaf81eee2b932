import { useState } from 'react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { signOut } from '../api/ask';
import type { ViewerQuery } from '../api/generated/graphql';
import { chooseLanguage, language } from '../words/language';
import { roleAndPost } from '../words/roles';
import { words } from '../words/words';
import { chooseTheme, chosenTheme, THEMES } from './theme';

type MenuViewer = NonNullable<ViewerQuery['viewer']>;

/** Id of a visitor without sign-in, if the server shows plans to everybody. */
const ANONYMOUS_ID = 'access_00000000-0000-8000-8000-000000000003';

/** The menu of a person: name, role, language and theme of the page, and signing in or out. */
export function AccountMenu({ viewer }: { readonly viewer: MenuViewer | undefined }) {
  const [theme, setTheme] = useState(chosenTheme);
  const { menu, signIn } = words;
  const isSignedIn = viewer !== undefined && viewer.holder?.id !== ANONYMOUS_ID;
  const name = isSignedIn ? viewer.name : signIn.enter;
  return (
    <MenuTrigger>
      <Button
        className="quiet account"
        aria-label={isSignedIn ? `${words.account}: ${name}` : `${menu.title}: ${name}`}
      >
        <span className="name" data-initials={isSignedIn ? initialsOf(name) : undefined}>
          {name}
        </span>
      </Button>
      <Popover placement="bottom end">
        <Menu aria-label={menu.title}>
          <MenuSection>
            {isSignedIn && (
              <Header>
                <strong>{name}</strong>
                <span className="small">{roleAndPost(viewer)}</span>
              </Header>
            )}
            {isSignedIn ? (
              <>
                <MenuItem onAction={() => void leave(false)}>{words.signOut}</MenuItem>
                <MenuItem onAction={() => void leave(true)}>{words.signOutEverywhere}</MenuItem>
              </>
            ) : (
              <MenuItem href="/sign-in">{signIn.enter}</MenuItem>
            )}
          </MenuSection>
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[theme]}
            onSelectionChange={(keys) => {
              const chosen = THEMES.find((each) => keys === 'all' || keys.has(each));
              if (!chosen) return;
              chooseTheme(chosen);
              setTheme(chosen);
            }}
          >
            <Header>{menu.theme}</Header>
            {THEMES.map((each) => (
              <MenuItem key={each} id={each}>
                {menu.themes[each]}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection>
            <Header>{menu.language}</Header>
            <MenuItem onAction={() => chooseLanguage(language === 'ru' ? 'en' : 'ru')}>
              <span lang={language === 'ru' ? 'en' : 'ru'}>{menu.otherLanguage}</span>
            </MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** Returns the first letters of the first two words, for a narrow screen. */
function initialsOf(name: string): string {
  const letters = name.split(/\s+/).flatMap((word) => /\p{L}|\p{N}/u.exec(word) ?? []);
  return letters.slice(0, 2).join('').toUpperCase();
}

/** Signs out and reloads the page, so that no data of the session remains in the memory of the browser. */
async function leave(everywhere: boolean): Promise<void> {
  await signOut(everywhere).catch(() => undefined);
  sessionStorage.clear();
  location.assign('/');
}
