import { celSyntaxProblem } from '../../schema';
import { Complaint } from '../rule';

/**
 * What is wrong with a CEL expression, where there is one.
 *
 * @param needed whether an empty one is wrong too; else it is none to the controllers
 */
export function* celComplaints(field: string, expression: unknown, needed = false): Iterable<Complaint> {
  const problem = typeof expression === 'string' && (needed || expression !== '') ? celSyntaxProblem(expression) : undefined;
  if (problem) {
    yield { field, problem: `it is no CEL expression: ${problem}`, remedy: 'Write an expression of the Common Expression Language' };
  }
}
