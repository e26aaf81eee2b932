import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context.js';
import { parseId } from '../ids.js';
import { ActivityInput, COMMAND, RequestInput, TimeframeInput } from './inputs.js';
import { RequestPayload } from './payloads.js';
import { runPlanCommand, timeframeInput } from './run.js';

@InputType({ description: 'Another term that is asked for; give the reason.' })
class RequestRescheduleInput extends ActivityInput {
  @Field(() => TimeframeInput, { description: 'The term.' })
  timeframe!: TimeframeInput;
}

@InputType({ description: 'A request to grant; give the reason of the amendment.' })
class GrantRescheduleInput extends RequestInput {}

@InputType({ description: 'A request to refuse; give the reason.' })
class RefuseRescheduleInput extends RequestInput {}

@Resolver()
export class RequestMutations {
  @Mutation(() => RequestPayload, { description: 'Asks for another term of an approved activity.' })
  requestReschedule(
    @Ctx() context: Context,
    @Arg('input', () => RequestRescheduleInput, COMMAND) input: RequestRescheduleInput,
  ) {
    const { uuid, local } = parseId(input.activityId, 'activity');
    const timeframe = timeframeInput(input.timeframe);
    return runPlanCommand(context, uuid, input, () => ({ type: 'requestReschedule', activityId: local, timeframe }));
  }

  @Mutation(() => RequestPayload, { description: 'Grants a request as it was made: an amendment of one.' })
  grantReschedule(
    @Ctx() context: Context,
    @Arg('input', () => GrantRescheduleInput, COMMAND) input: GrantRescheduleInput,
  ) {
    const { uuid, local } = parseId(input.requestId, 'request');
    return runPlanCommand(context, uuid, input, () => ({ type: 'grantReschedule', requestId: local }));
  }

  @Mutation(() => RequestPayload, { description: 'Refuses a request; the term stays.' })
  refuseReschedule(
    @Ctx() context: Context,
    @Arg('input', () => RefuseRescheduleInput, COMMAND) input: RefuseRescheduleInput,
  ) {
    const { uuid, local } = parseId(input.requestId, 'request');
    return runPlanCommand(context, uuid, input, () => ({ type: 'refuseReschedule', requestId: local }));
  }
}
