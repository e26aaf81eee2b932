import type { ReadModel } from '../../src/projections/model.js';

/** A mistake in the view of a read model. */
export interface BrokenView {
  /** How often a view has thrown. */
  readonly failures: number;
  mend(): void;
}

let broken: BrokenView[] = [];

/**
 * Makes the view of a real read model throw for some documents of some plans, like a programming error would. All other
 * documents are computed as usual.
 */
export function breakView<Body>(
  model: ReadModel<Body>,
  isBroken: (documentId: string, planId: string) => boolean,
): BrokenView {
  const { touches } = model;
  let failures = 0;
  const mistaken: ReadModel<Body>['touches'] = (change) =>
    touches(change).map(({ id, view }) => ({
      id,
      view(state) {
        if (state.of !== 'plan' || !isBroken(id, state.planId)) return view(state);
        failures += 1;
        throw new TypeError('there is nothing to read a title of');
      },
    }));
  return putInPlace(model, mistaken, touches, () => failures);
}

/** Makes the rows of some documents larger than an engine stores. */
export function enlargeView<Body>(model: ReadModel<Body>, isLarge: (documentId: string) => boolean): BrokenView {
  const { touches } = model;
  const enlarged: ReadModel<Body>['touches'] = (change) =>
    touches(change).map(({ id, view }) => ({
      id,
      view(state) {
        const content = view(state);
        return content && isLarge(id)
          ? { ...content, body: { ...content.body, large: 'x'.repeat(17_000_000) } }
          : content;
      },
    }));
  return putInPlace(model, enlarged, touches, () => 0);
}

/** Makes the function of a read model fail that returns the touched rows. */
export function breakTouches<Body>(model: ReadModel<Body>, isBroken: (planId: string) => boolean): BrokenView {
  const { touches } = model;
  let failures = 0;
  const mistaken: ReadModel<Body>['touches'] = (change) => {
    if (change.of !== 'plan' || !isBroken(change.planId)) return touches(change);
    failures += 1;
    throw new TypeError('there are no activities to look into');
  };
  return putInPlace(model, mistaken, touches, () => failures);
}

/** Restores every view at the end of a test. */
export function mendViews(): void {
  for (const view of broken) view.mend();
  broken = [];
}

function putInPlace<Body>(
  model: ReadModel<Body>,
  mistaken: ReadModel<Body>['touches'],
  touches: ReadModel<Body>['touches'],
  failures: () => number,
): BrokenView {
  Object.assign(model, { touches: mistaken });
  const view: BrokenView = {
    get failures() {
      return failures();
    },
    mend: () => Object.assign(model, { touches }),
  };
  broken.push(view);
  return view;
}
