import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { constructError } from '../format';

const MARKS = Symbol.for('cdk8s-fluxcd.image-marks');

/** A field that an image automation is to set. */
export interface ImageMarkField {
  /** Keys and indices that lead to it. */
  readonly path: readonly (string | number)[];
  /** The path as people write it. */
  readonly field: string;
  readonly value: unknown;
  /** The comment. */
  readonly marker: string;
  /** Whether it is for the digest. */
  readonly digest: boolean;
}

/** What is said of an object: that some of its fields are set by what a policy chooses. */
export interface ImageMark {
  /** `namespace/name` of the ImagePolicy. */
  readonly policy: string;

  /**
   * The fields.
   *
   * @param json what the object renders, patches and all
   * @throws FieldPathError if they are not there
   */
  fieldsOf(json: any): ImageMarkField[];
}

/**
 * Marks the object of a construct.
 *
 * @throws if the construct has no object of its own
 */
export function markImages(construct: IConstruct, mark: ImageMark): void {
  const object = ApiObject.isApiObject(construct) ? construct : construct.node.defaultChild;
  if (!object || !ApiObject.isApiObject(object)) {
    throw constructError(construct, 'it has no object of its own whose image could be marked', 'Give an ApiObject, or a construct that has one as its default child');
  }
  Object.defineProperty(object, MARKS, { value: [...imageMarksOn(object), mark], configurable: true });
}

/** The marks on an object. */
export function imageMarksOn(object: IConstruct): readonly ImageMark[] {
  return (object as any)[MARKS] ?? [];
}
