// `attendance schema`: the JSON Schema of a scenario, made from the very schema that reads one.
import { z } from 'zod';
import { scenarioDocument } from '@hazri/shared/protocol/scenario';

export function printSchemaCommand(): string {
  const schema = z.toJSONSchema(scenarioDocument, { io: 'input', unrepresentable: 'any' });
  return `${JSON.stringify({ ...schema, title: 'Hazri attendance scenario' }, null, 2)}\n`;
}
