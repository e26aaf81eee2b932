import type { HeadFragment } from '../api/generated/graphql';
import { longDayText } from '../words/dates';
import { words } from '../words/words';

type ShownStamp = Omit<HeadFragment['stamps'][number], 'state'>;

/** The stamps of approval and agreement, at the right as on paper. */
export function Stamps({ stamps }: { readonly stamps: readonly ShownStamp[] }) {
  return (
    <div className="stamps">
      {stamps.map(({ kind, marker, post, organisation, person, date }) => (
        <div className="stamp" key={`${kind} ${post} ${person}`}>
          <p className="marker">{marker}</p>
          <p>{post}</p>
          {organisation && <p>{organisation}</p>}
          {person && <p>{person}</p>}
          <p className={date ? undefined : 'missing'}>{date ? longDayText(date) : words.plan.noDate}</p>
        </div>
      ))}
    </div>
  );
}
