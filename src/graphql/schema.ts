import 'reflect-metadata';
import { createPubSub } from '@graphql-yoga/subscription';
import { GraphQLSchema, getNullableType, isObjectType, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, getMetadataStorage } from 'type-graphql';
import { IS_GETTER } from './answers/cacheable.js';
import { bindCursors } from './boundCursors.js';
import { guard } from './guards.js';
import { AccessMutations } from './mutations/access.js';
import { ApprovalMutations } from './mutations/approval.js';
import { ContentMutations } from './mutations/content.js';
import { DraftMutations } from './mutations/draft.js';
import { ExecutionMutations } from './mutations/execution.js';
import { ImportMutations } from './mutations/imports.js';
import { OrganisationMutations } from './mutations/organisations.js';
import { PersonMutations } from './mutations/persons.js';
import { RequestMutations } from './mutations/requests.js';
import { WebhookMutations } from './mutations/webhooks.js';
import { AccessFields, AccessQueries, ActorFields, ViewerFields } from './queries/access.js';
import { ActivityQueries, ControlPointFields, ResponsiblePartyFields } from './queries/activities.js';
import { ActivityActions, ReportActions, RequestActions } from './queries/availableActions.js';
import { ComparisonQueries } from './queries/comparison.js';
import { EditionFields, PeriodReportFields } from './queries/editions.js';
import { ExtractQueries } from './queries/extract.js';
import { ChangeFields, HistoryQueries } from './queries/history.js';
import { ImportPreviewQueries } from './queries/importPreview.js';
import { CountedItemFields, IndicatorItemQueries } from './queries/indicatorItems.js';
import { LabelQueries } from './queries/labels.js';
import { MonitoringFields, MonitoringQueries } from './queries/monitoring.js';
import { NodeQueries } from './queries/nodes.js';
import {
  ChangeOrganisation,
  EntryOrganisation,
  HolderOrganisations,
  PlanOrganisation,
  ReportedOrganisationNow,
  ViewerOrganisations,
} from './queries/organisationFields.js';
import { OrganisationReportFields, OrganisationReports } from './queries/organisationReports.js';
import { OrganisationQueries } from './queries/organisations.js';
import { OverviewQueries } from './queries/overview.js';
import { OwnPartyCellFields } from './queries/ownPartyCells.js';
import { OwnWordingFields, TimeframeProposalFields } from './queries/ownWordings.js';
import { PersonQueries } from './queries/persons.js';
import { PlanActivities } from './queries/planActivities.js';
import { PlanQueries, PlanSections, SectionFields } from './queries/plans.js';
import { ProofQueries } from './queries/proofs.js';
import { ReadingQueries } from './queries/readings.js';
import { RegistryFields } from './queries/registry.js';
import { ReportSteps, RequestSteps } from './queries/reviewSteps.js';
import { SessionLogQueries } from './queries/sessionLog.js';
import { TimeframeReadingQueries } from './queries/timeframeReading.js';
import { WebhookQueries } from './queries/webhooks.js';
import { Subscriptions } from './subscriptions.js';
import { describeTexts } from './texts/described.js';
import { checkTexts } from './texts/stage.js';
import { ERROR_CODE_ENUM } from './types/codes.js';

let built: GraphQLSchema | undefined;

/** Returns the schema. Built once. */
export function schema(): GraphQLSchema {
  // The executor reads plain properties itself. A resolver on each would cost more than all reads.
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers = true;
  built ??= guard(
    checkTexts(
      describeTexts(
        bindCursors(
          finished(
            withPlainGetters(
              buildSchemaSync({
                resolvers: [
                  PlanQueries,
                  PlanSections,
                  SectionFields,
                  ActivityQueries,
                  ControlPointFields,
                  ResponsiblePartyFields,
                  EditionFields,
                  PeriodReportFields,
                  ExtractQueries,
                  ImportPreviewQueries,
                  TimeframeReadingQueries,
                  HistoryQueries,
                  ChangeFields,
                  ComparisonQueries,
                  ProofQueries,
                  OrganisationQueries,
                  RegistryFields,
                  OwnWordingFields,
                  OwnPartyCellFields,
                  LabelQueries,
                  TimeframeProposalFields,
                  OrganisationReports,
                  PlanActivities,
                  ReportActions,
                  ActivityActions,
                  RequestActions,
                  ReportSteps,
                  RequestSteps,
                  PlanOrganisation,
                  EntryOrganisation,
                  ChangeOrganisation,
                  ReportedOrganisationNow,
                  HolderOrganisations,
                  ViewerOrganisations,
                  OrganisationReportFields,
                  OverviewQueries,
                  PersonQueries,
                  AccessQueries,
                  AccessFields,
                  ActorFields,
                  ViewerFields,
                  WebhookQueries,
                  ReadingQueries,
                  SessionLogQueries,
                  MonitoringQueries,
                  MonitoringFields,
                  IndicatorItemQueries,
                  CountedItemFields,
                  NodeQueries,
                  DraftMutations,
                  ImportMutations,
                  ContentMutations,
                  ApprovalMutations,
                  ExecutionMutations,
                  RequestMutations,
                  OrganisationMutations,
                  PersonMutations,
                  AccessMutations,
                  WebhookMutations,
                  Subscriptions,
                ],
                validate: false,
                // type-graphql requires a channel, although subscriptions follow the `changes` read model.
                pubSub: createPubSub(),
              }),
            ),
          ),
        ),
      ),
    ),
  );
  return built;
}

/**
 * Removes, in place, the resolvers that type-graphql adds for getters: the executor reads a getter like a property, and
 * a page has thousands of them. A getter that a resolver class replaces keeps the resolver of that class.
 */
function withPlainGetters(schema: GraphQLSchema): GraphQLSchema {
  const { objectTypes, fieldResolvers } = getMetadataStorage();
  for (const { name, target, fields } of objectTypes) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    const resolvers = fieldResolvers.filter(
      ({ kind, getObjectType }) => kind === 'external' && getObjectType?.() === target,
    );
    const replaced = resolvers.map(({ methodName }) => methodName);
    for (const field of fields ?? []) {
      const isGetter = Object.getOwnPropertyDescriptor(target.prototype, field.name)?.get !== undefined;
      if (!isGetter || field.schemaName !== field.name || replaced.includes(field.name)) continue;
      const found = type.getFields()[field.name];
      if (!found) continue;
      delete found.resolve;
      found.extensions = { ...found.extensions, [IS_GETTER]: true };
    }
  }
  return schema;
}

/**
 * Returns the schema with the enum of error codes and with nullable root fields, so that a root field that fails does
 * not make the others null.
 */
function finished(schema: GraphQLSchema): GraphQLSchema {
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) field.type = getNullableType(field.type);
  }
  const config = schema.toConfig();
  return new GraphQLSchema({ ...config, types: [...config.types, ERROR_CODE_ENUM] });
}

/** Returns the schema as text, in the form of schema.graphql. */
export function schemaText(): string {
  return `${printSchema(lexicographicSortSchema(schema()))}\n`;
}
