/** Which application an object belongs to: the whole selector of a Microservice, so its value is never derived from the tree. */
export const NAME_LABEL = 'app.kubernetes.io/name';

/** The name of a larger application that this one is part of. */
export const PART_OF_LABEL = 'app.kubernetes.io/part-of';
