import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { Redirect, Route, Switch, useLocation, useRoute } from 'wouter';
import { ApiError } from './api/ask';
import { viewerQuery } from './api/queries';
import { useLive } from './api/useLive';
import { Header } from './parts/Header';
import { Problem } from './parts/Problem';
import { View } from './parts/View';
import { SignInView } from './SignInView';
import { words } from './words/words';

const Overview = lazy(() => import('./overview/Overview'));
const CountedItems = lazy(() => import('./overview/CountedItems'));
const Wall = lazy(() => import('./overview/Wall'));
const PlanList = lazy(() => import('./plan/PlanList'));
const PlanView = lazy(() => import('./plan/PlanView'));
const DocumentView = lazy(() => import('./document/DocumentView'));
const ComparisonView = lazy(() => import('./plan/compare/ComparisonView'));
const Journal = lazy(() => import('./journal/Journal'));
const ProofView = lazy(() => import('./proof/ProofView'));

const PROOF_PATH = '/proof';

/** The web page: the check of a proof for everybody; all other views for a person who has signed in. */
export function App() {
  const [path] = useLocation();
  if (path !== PROOF_PATH) return <ForPersons />;
  return (
    <View>
      <ProofView />
    </View>
  );
}

/** The view at the present address for a person who has signed in, otherwise the sign-in form. */
function ForPersons() {
  const { data, error, isPending, refetch } = useQuery(viewerQuery);
  if (location.pathname === '/sign-in') {
    return location.hash.length > 1 ? <SignInView code={location.hash.slice(1)} /> : <SignInView />;
  }
  if (isPending) return <p className="wait">{words.loading}</p>;
  if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') return <SignInView />;
  if (error) return <Problem error={error} again={() => void refetch()} />;
  return <SignedIn position={data.system.readModels} isClosed={data.system.writing === 'CLOSED'} />;
}

function SignedIn({ position, isClosed }: { readonly position: string; readonly isClosed: boolean }) {
  const live = useLive(position);
  const [isWall] = useRoute('/wall');
  if (live === 'ended') return <SignInView isEnded />;
  if (isWall) {
    return (
      <View>
        <Wall live={live} />
      </View>
    );
  }
  return (
    <>
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <Header live={live} />
      {live === 'lost' && (
        <p className="banner" role="status">
          {words.lost}
        </p>
      )}
      {isClosed && (
        <p className="banner" role="alert">
          {words.closedWriting}
        </p>
      )}
      <main id="content" tabIndex={-1}>
        <View>
          <Switch>
            <Route path="/" component={Overview} />
            <Route path="/points" component={CountedItems} />
            <Route path="/plan" component={PlanList} />
            <Route path="/plan/:planId/compare">
              {({ planId }) => <ComparisonView key={planId} planId={planId} />}
            </Route>
            <Route path="/plan/:planId/:activityId?">
              {({ planId, activityId }) => <PlanView key={planId} planId={planId} activityId={activityId} />}
            </Route>
            <Route path="/document/:planId?">{({ planId }) => <DocumentView key={planId} planId={planId} />}</Route>
            <Route path="/journal" component={Journal} />
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </View>
      </main>
    </>
  );
}
