import { type ReactNode, Suspense } from 'react';
import { Button } from 'react-aria-components';
import { ErrorBoundary } from 'react-error-boundary';
import { useLocation } from 'wouter';
import { words } from '../words/words';

/**
 * A view that is loaded when it is first shown. If its script has an error or cannot be loaded, as after an update of
 * the server, the rest of the page still works, and other addresses can be opened.
 */
export function View({ children }: { readonly children: ReactNode }) {
  const [path] = useLocation();
  return (
    <ErrorBoundary resetKeys={[path]} fallback={<Broken />}>
      <Suspense fallback={<p className="wait">{words.loading}</p>}>{children}</Suspense>
    </ErrorBoundary>
  );
}

function Broken() {
  return (
    <div className="empty" role="alert">
      <p>{words.broken}</p>
      <Button onPress={() => location.reload()}>{words.reload}</Button>
    </div>
  );
}
