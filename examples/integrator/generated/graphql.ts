/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What a change is about. PLAN_ENTERED_SCOPE: the caller sees the plan from here on, read it whole; PLAN_LEFT_SCOPE: no more, drop it. */
export type ChangeKind =
  | 'ACCESS'
  | 'ACTIVITY'
  | 'ORGANISATION'
  | 'OTHER'
  | 'PLAN'
  | 'PLAN_ENTERED_SCOPE'
  | 'PLAN_LEFT_SCOPE';

export type ChangesQueryVariables = Exact<{
  after: string;
  atLeast?: string | null | undefined;
}>;


export type ChangesQuery = { changes: { position: string, hasMore: boolean, changes: Array<{ kind: ChangeKind, planId: string | null, gone: boolean }> } | null };

export type RingsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type RingsSubscription = { changes: { position: string } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const ChangesDocument = new TypedDocumentString(`
    query Changes($after: Position!, $atLeast: Position) {
  changes(after: $after, atLeast: $atLeast, first: 200) {
    position
    hasMore
    changes {
      kind
      planId
      gone
    }
  }
}
    `, {"hash":"sha256:92098ecbda293c7ba8a278ddd09a4be45ccc47bcc61413df0b56efffa2eb0aa4"}) as unknown as TypedDocumentString<ChangesQuery, ChangesQueryVariables>;
export const RingsDocument = new TypedDocumentString(`
    subscription Rings {
  changes {
    position
  }
}
    `, {"hash":"sha256:1748563b16566c53c6dfd4b890095a23e36242646a615cd158f2248cdf9b5699"}) as unknown as TypedDocumentString<RingsSubscription, RingsSubscriptionVariables>;