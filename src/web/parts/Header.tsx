import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import type { LiveState } from '../api/live';
import { viewerQuery } from '../api/queries';
import { words } from '../words/words';
import { AccountMenu } from './AccountMenu';
import { LiveMark } from './LiveMark';

const MAIN_VIEWS = [
  ['/', words.overview],
  ['/plan', words.plans],
  ['/document', words.upload.title],
  ['/journal', words.journal],
] as const;

/** The head of every view: navigation, the account menu, and the state of live changes. */
export function Header({
  live,
}: {
  /** Omitted on pages without live data. */
  readonly live?: LiveState;
}) {
  const { data } = useQuery(viewerQuery);
  const viewer = data?.viewer;
  const hidden = [
    ...(viewer?.reads.includes('audit') ? [] : ['/journal']),
    ...(viewer?.gives.includes('importPlan') ? [] : ['/document']),
  ];
  return (
    <header className="head">
      <Link href="/" className="mark">
        {words.letopis}
      </Link>
      {viewer && (
        <nav aria-label={words.mainMenu}>
          {MAIN_VIEWS.filter(([path]) => !hidden.includes(path)).map(([path, name]) => (
            <ViewLink key={path} path={path} name={name} />
          ))}
        </nav>
      )}
      {live && <LiveMark live={live} />}
      <AccountMenu viewer={viewer} />
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
