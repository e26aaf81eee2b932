import type { ApolloServerPlugin } from '@apollo/server';
import type { Context } from '../context.js';

/** Gives an answer that has no data because an engine is away the status 503, so that proxies and clients ask again. */
export const unavailability: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body, http } }) {
        if (body.kind !== 'single') return;
        const { data, errors = [] } = body.singleResult;
        const hasData = Object.values(data ?? {}).some((value) => value !== null);
        if (!hasData && errors.some(({ extensions }) => extensions?.code === 'UNAVAILABLE')) http.status = 503;
      },
    };
  },
};
