import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLSchema,
  GraphQLString,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql';
import { CURSOR, ruleOfArgument, ruleOfField, type TextRule } from './rules.js';

/**
 * Adds to the description of each text input what `checkTexts` accepts there, in place. Clients read it from the schema:
 * the forms of the web page show how many characters are left.
 */
export function describeTexts(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) addLimit(field, ruleOfField(type.name, field.name));
    }
    if (isObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        for (const argument of field.args) addLimit(argument, ruleOfArgument(field, argument.name));
      }
    }
  }
  return schema;
}

function addLimit(input: GraphQLInputField | GraphQLArgument, rule: TextRule | undefined): void {
  // Cursors come from the server.
  if (!rule || rule.kind === 'file' || rule === CURSOR || getNamedType(input.type) !== GraphQLString) return;
  const limit =
    rule.kind === 'line' ? `One line of at most ${rule.max} characters.` : `At most ${rule.max} characters.`;
  input.description = [input.description, limit].filter(Boolean).join(' ');
}
