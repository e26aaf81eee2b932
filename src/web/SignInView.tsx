import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import { Link } from 'wouter';
import { ApiError, signIn, signInAtProvider, signInWays } from './api/ask';
import { forgetAll } from './api/live';
import { queries, viewerQuery } from './api/queries';
import { words } from './words/words';

/** Plain HTTP is private only on the same machine. */
const isPrivateConnection =
  location.protocol === 'https:' || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(location.hostname);

/** A login in the form that providers use. Any other text in the address is not displayed. */
const SUBJECT = /^[\w.@|:-]{1,255}$/;

/** Returns the message of the server about a sign-in at the identity provider, from the address of this page. */
function providerProblem(): string | undefined {
  const search = new URLSearchParams(location.search);
  const { declined, unknown, away } = words.signIn.failed;
  const subject = search.get('subject') ?? '';
  switch (search.get('failed')) {
    case null:
      return undefined;
    case 'unknown':
      return SUBJECT.test(subject) ? unknown(subject) : declined;
    case 'away':
      return away;
    case 'often':
      return words.signIn.often;
    default:
      return declined;
  }
}

/** The way in: at the identity provider, by a one-time code of a link, or by a key that is typed once. */
export function SignInView({ code, isEnded = false }: { readonly code?: string; readonly isEnded?: boolean }) {
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState(isEnded ? words.signIn.ended : providerProblem());
  const { data: provider } = useQuery({ queryKey: ['signInWays'], queryFn: signInWays });
  const [isSending, setSending] = useState(code !== undefined);
  // A code is used up by the first attempt, and effects run twice in development.
  const used = useRef(false);
  const enter = async (secret: string) => {
    setSending(true);
    try {
      await signIn(secret);
      // The code and the view of the last session leave the address and the memory of the browser.
      if (location.pathname === '/sign-in') history.replaceState(null, '', '/');
      forgetAll();
      await queries.resetQueries({ queryKey: viewerQuery.queryKey });
      if (isEnded) location.reload();
    } catch (error) {
      if (location.hash !== '') history.replaceState(null, '', '/sign-in');
      setProblem(signInProblem(error));
      setSending(false);
    }
  };
  const leaveForProvider = () => {
    setSending(true);
    signInAtProvider().catch((error: unknown) => {
      setProblem(
        error instanceof ApiError && error.code === 'UNAVAILABLE' ? words.signIn.failed.away : signInProblem(error),
      );
      setSending(false);
    });
  };
  useEffect(() => {
    if (code === undefined || used.current) return;
    used.current = true;
    void enter(code);
  });
  return (
    <main className="sign-in">
      <h1>{words.signIn.title}</h1>
      {isPrivateConnection ? (
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            void enter(key.trim());
          }}
        >
          {problem && (
            <p className="problem" role="alert">
              {problem}
            </p>
          )}
          {provider && (
            <Button className="primary provider" isDisabled={isSending} onPress={leaveForProvider}>
              {words.signIn.provider(provider)}
            </Button>
          )}
          <p>{words.signIn.lead}</p>
          <TextField className="field" type="password" value={key} onChange={setKey} isRequired autoComplete="off">
            <Label>{words.signIn.key}</Label>
            <Input />
          </TextField>
          <Button type="submit" className={provider ? 'button' : 'primary'} isDisabled={isSending}>
            {isSending ? words.signIn.entering : words.signIn.enter}
          </Button>
        </Form>
      ) : (
        <>
          <p className="problem" role="alert">
            {words.signIn.tls}
          </p>
          <p>{words.signIn.tlsHow}</p>
        </>
      )}
      <p className="small">
        <Link href="/proof">{words.trail.checkFile}</Link>
      </p>
    </main>
  );
}

function signInProblem(error: unknown): string {
  const code = error instanceof ApiError ? error.code : undefined;
  if (code === 'UNAUTHENTICATED' || code === 'INVALID_KEY') return words.signIn.wrong;
  if (code === 'RATE_LIMITED') return words.signIn.often;
  if (code === 'FORBIDDEN') return words.signIn.tls;
  return words.signIn.offline;
}
