/** Whether a finding stops the render, or is said and may be acknowledged. */
export type Severity = 'error' | 'warning';

/** What a rule says of one place; the texts fit a sentence each, without a full stop. */
export interface Complaint {
  /** Path of the field in the object, such as `spec.ref.branch`. */
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
}

/** A rule, apart from how it is checked. */
export interface Rule {
  /** Such as `git-ref-precedence`: part of messages, and what acknowledges a warning. It never changes. */
  readonly id: string;
  readonly severity: Severity;
  /** What goes wrong, in one sentence, for the list of rules. */
  readonly summary: string;
  /** Where the rule comes from: which program behaves so. */
  readonly source: string;
  /** Whether it says that something is not there, so that it is no more than likely where not everything is known. */
  readonly absence?: boolean;
}

/** A rule that one object alone shows to be broken. */
export interface ObjectRule extends Rule {
  /** The kinds of Flux that it looks at. */
  readonly kinds: readonly string[];

  /**
   * @param spec the object's `spec`; at least an empty one
   * @param object all of it
   */
  check(spec: any, object: any): Iterable<Complaint>;
}
