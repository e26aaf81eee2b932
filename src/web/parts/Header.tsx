import { useQuery } from '@tanstack/react-query';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Link, useLocation } from 'wouter';
import { signOut } from '../api/ask';
import type { LiveState } from '../api/live';
import { viewerQuery } from '../api/queries';
import { words } from '../words/words';
import { LiveMark } from './LiveMark';

const VIEWS = [
  ['/', words.overview],
  ['/plan', words.plans],
  ['/document', words.upload.title],
  ['/journal', words.journal],
] as const;

/** Id of whoever has not signed in, where the server shows plans to everybody. */
const ANONYMOUS_ID = 'access_00000000-0000-8000-8000-000000000003';

/** The head of every view: where to go, who is signed in, and whether changes arrive. */
export function Header({ live }: { readonly live: LiveState }) {
  const { data } = useQuery(viewerQuery);
  const isAnonymous = data?.viewer.holder?.id === ANONYMOUS_ID;
  const hidden = [
    ...(data?.viewer.reads.includes('audit') ? [] : ['/journal']),
    ...(data?.viewer.gives.includes('importPlan') ? [] : ['/document']),
  ];
  return (
    <header className="head">
      <Link href="/" className="mark">
        {words.letopis}
      </Link>
      <nav aria-label={words.mainMenu}>
        {VIEWS.filter(([path]) => !hidden.includes(path)).map(([path, name]) => (
          <ViewLink key={path} path={path} name={name} />
        ))}
      </nav>
      <LiveMark live={live} />
      <MenuTrigger>
        <Button className="quiet" aria-label={`${words.account}: ${data?.viewer.name ?? ''}`}>
          {data?.viewer.name ?? ''}
        </Button>
        <Popover placement="bottom end">
          {isAnonymous ? (
            <Menu aria-label={words.account}>
              <MenuItem href="/sign-in">{words.signIn.enter}</MenuItem>
            </Menu>
          ) : (
            <Menu onAction={(everywhere) => void leave(everywhere === 'everywhere')} aria-label={words.account}>
              <MenuItem id="here">{words.signOut}</MenuItem>
              <MenuItem id="everywhere">{words.signOutEverywhere}</MenuItem>
            </Menu>
          )}
        </Popover>
      </MenuTrigger>
    </header>
  );
}

function ViewLink({ path, name }: { readonly path: string; readonly name: string }) {
  const [at] = useLocation();
  const isHere = path === '/' ? at === '/' : at.startsWith(path);
  return (
    <Link href={path} className={isHere ? 'here' : ''} aria-current={isHere ? 'page' : undefined}>
      {name}
    </Link>
  );
}

/** Signs out and loads the page anew, so that nothing of the session stays in the memory of the browser. */
async function leave(everywhere: boolean): Promise<void> {
  await signOut(everywhere).catch(() => undefined);
  sessionStorage.clear();
  location.assign('/');
}
