import { IConstruct } from 'constructs';

/**
 * The one shape of a complaint about a construct: `<construct path>: <problem>. <remedy>.`
 *
 * All on one line, because the first line is what Python (through jsii), jest and CI logs show.
 */
export function complaint(construct: IConstruct, problem: string, remedy: string): string {
  return `${construct.node.path || 'the app'}: ${problem}. ${remedy}.`;
}

/** An error of the shape of `complaint`, for a mistake that a constructor can see. */
export function constructError(construct: IConstruct, problem: string, remedy: string): Error {
  return new Error(complaint(construct, problem, remedy));
}
